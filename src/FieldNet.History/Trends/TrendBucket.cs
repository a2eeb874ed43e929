namespace FieldNet.History.Trends;

/// <summary>One point of a trend: a value, or what many come to.</summary>
/// <param name="TimeUs">When it was measured, or when the bucket begins.</param>
/// <param name="IsLate">At least one of its values came late.</param>
public readonly record struct TrendBucket(long TimeUs, long Count, double Min, double Mean, double Max, bool IsLate);
