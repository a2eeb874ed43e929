namespace FieldNet.Dashboard.History;

/// <summary>A trend that a page asks for.</summary>
/// <param name="Bed"><c>ward/bed</c>, or <c>site/ward/bed</c>.</param>
/// <param name="Device">Null: the device that measured the signal last.</param>
/// <param name="Signal">MDC reference id.</param>
/// <param name="FromMs">First time wanted.</param>
/// <param name="ToMs">First time not wanted.</param>
/// <param name="Points">Most points in the answer.</param>
public sealed record TrendRequest(string Bed, string? Device, string Signal, long FromMs, long ToMs, int Points);
