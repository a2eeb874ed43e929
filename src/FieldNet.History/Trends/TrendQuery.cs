namespace FieldNet.History.Trends;

/// <summary>A question to the trends.</summary>
/// <param name="Bed"><c>ward/bed</c>, or <c>site/ward/bed</c>.</param>
/// <param name="Device">Null: the one that measured the signal last.</param>
/// <param name="Signal">MDC reference id.</param>
/// <param name="FromUs">First time wanted, UTC microseconds.</param>
/// <param name="ToUs">First time not wanted.</param>
/// <param name="Points">Most buckets in the answer.</param>
public sealed record TrendQuery(string Bed, string? Device, string Signal, long FromUs, long ToUs, int Points);
