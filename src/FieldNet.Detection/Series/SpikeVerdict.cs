namespace FieldNet.Detection.Series;

/// <summary>What one observation is beside the series' own tail.</summary>
/// <param name="IsSpike">The value lies above the threshold.</param>
/// <param name="Expected">The median that the value is measured from.</param>
/// <param name="Threshold">The value that the series passes with the stated risk; 0 while nothing is known.</param>
/// <param name="Surprise">-log10 of the probability of a value as high or higher; 0 for a value that is not in the tail.</param>
public readonly record struct SpikeVerdict(bool IsSpike, double Expected, double Threshold, double Surprise);
