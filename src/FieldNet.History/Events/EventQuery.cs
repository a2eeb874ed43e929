namespace FieldNet.History.Events;

/// <summary>Which events are wanted; null is any.</summary>
/// <param name="Bed">As in the events' <c>beds</c>.</param>
/// <param name="FromUs">First time wanted, UTC microseconds.</param>
/// <param name="ToUs">First time not wanted.</param>
/// <param name="Before">Only events numbered below this.</param>
/// <param name="Limit">Most events: the newest.</param>
public sealed record EventQuery(string? Bed, string? Kind, long? FromUs, long? ToUs, long? Before, int Limit);
