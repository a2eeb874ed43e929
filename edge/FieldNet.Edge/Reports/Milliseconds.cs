namespace FieldNet.Edge.Reports;

/// <summary>A distribution of durations in milliseconds; null where nothing was measured.</summary>
internal sealed record Milliseconds(double? P50, double? P99, double? Max);
