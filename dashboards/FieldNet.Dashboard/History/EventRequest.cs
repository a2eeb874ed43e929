namespace FieldNet.Dashboard.History;

/// <summary>Events that a page asks for.</summary>
/// <param name="Bed"><c>ward/bed</c>, or <c>site/ward/bed</c>; null: of every bed and of none.</param>
/// <param name="Kind"><c>alarm</c>, <c>link</c>, <c>incident</c>…; null: any.</param>
/// <param name="FromMs">First time wanted; null: from the beginning.</param>
/// <param name="ToMs">First time not wanted; null: to the end.</param>
/// <param name="Before">Only events numbered below this; null: all. To page back.</param>
/// <param name="Limit">Most events in the answer: the newest.</param>
public sealed record EventRequest(string? Bed, string? Kind, long? FromMs, long? ToMs, long? Before, int Limit);
