namespace FieldNet.Detection.Series;

/// <summary>Turns a detector's raw score into how unusual it is among that detector's own recent scores on this series.</summary>
/// <remarks>
/// Shape: a running tail of the scores, plain and serialisable. Units: decades: 4 is a score that comes once in 10,000 observations. So scores of
/// different detectors, and of one detector on different series, can be compared and put together.
/// Source: Ahmad et al. 2017, Unsupervised real-time anomaly detection for streaming data, 3.2, with the normal distribution there replaced by a fitted tail.
/// </remarks>
public sealed class ScoreLikelihood
{
    public SpikeDetector Scores = new();

    /// <returns>Decades; 0 for a score that is nothing special.</returns>
    public double Observe(double score, in SpikeLimits limits) => Scores.Observe(score, limits).Surprise;
}
