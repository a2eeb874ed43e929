namespace FieldNet.Dashboard.History;

/// <summary>An unbroken piece of a waveform.</summary>
/// <param name="StartMs">Time of the first point.</param>
/// <param name="StepMs">From one point to the next.</param>
/// <param name="Late">It came late (backfill).</param>
/// <param name="Min">Least value of each point, in the unit; null where the sample is missing.</param>
/// <param name="Max">Greatest value; the same array when nothing is thinned.</param>
public sealed record WavePieceDto(double StartMs, double StepMs, bool Late, IReadOnlyList<float?> Min, IReadOnlyList<float?> Max);
