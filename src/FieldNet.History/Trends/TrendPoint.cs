namespace FieldNet.History.Trends;

/// <summary>One value of a series.</summary>
/// <param name="TimeUs">When it was measured, UTC microseconds on the log's clock.</param>
/// <param name="Value">In the signal's usual unit.</param>
/// <param name="IsLate">It came late (backfill): nobody saw it live.</param>
public readonly record struct TrendPoint(long TimeUs, double Value, bool IsLate);
