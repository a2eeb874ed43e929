namespace FieldNet.Detection.Series;

/// <summary>What one more observation says about a shift of the series' level.</summary>
/// <param name="Changed">The shift began or ended with this observation.</param>
/// <param name="Direction">1 while the level stands above the baseline, -1 below, 0 when it is not shifted.</param>
/// <param name="Score">How near a shift is: 1 and above is one.</param>
/// <param name="Size">Estimated shift of what the evidence covers, deviations; signed.</param>
/// <param name="Observations">How many observations the evidence covers: the shift began about as many ago.</param>
public readonly record struct ShiftVerdict(bool Changed, int Direction, double Score, double Size, long Observations);
