using FieldNet.History.Points;

namespace FieldNet.History.Trends;

/// <summary>The answer to a <see cref="TrendQuery"/>.</summary>
/// <param name="Resolution">What it was computed from.</param>
/// <param name="BucketUs">What one bucket spans; 0: each is a single value.</param>
/// <param name="GapUs">Two buckets further apart than this have a gap between them.</param>
/// <param name="Buckets">In order of time; where nothing was measured there is none.</param>
public sealed record Trend(Series Series, Resolution Resolution, long BucketUs, long GapUs, IReadOnlyList<TrendBucket> Buckets);
