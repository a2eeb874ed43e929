namespace FieldNet.Dashboard.History;

/// <summary>Answer of <c>/api/history/trend</c>: parallel arrays, one entry a point, in order of time.</summary>
/// <remarks>Nothing is interpolated: where nothing was measured there is no point.</remarks>
/// <param name="ResolutionMs">What it was computed from: 0 every value, else the roll-up of 10,000 or 60,000.</param>
/// <param name="BucketMs">What one point stands for; 0: a single value.</param>
/// <param name="GapMs">Two points further apart than this have a gap between them, and no line.</param>
/// <param name="TimesMs">When the point's span begins.</param>
/// <param name="Count">How many values.</param>
/// <param name="Late">Indices of the points in which at least one value came late (backfill).</param>
public sealed record TrendDto(
    string Bed, string Device, string Signal, string Unit, int Decimals, long FromMs, long ToMs, long ResolutionMs, long BucketMs, long GapMs,
    IReadOnlyList<long> TimesMs, IReadOnlyList<long> Count, IReadOnlyList<double> Min, IReadOnlyList<double> Mean, IReadOnlyList<double> Max,
    IReadOnlyList<int> Late);
