namespace FieldNet.Detection.Links;

/// <summary>How long one stream may say nothing before its silence is a finding: learnt from its own intervals, never beyond a fixed ceiling.</summary>
/// <remarks>
/// Method: phi-accrual with an empirical tail. The tail beyond the 98th centile of the ages that the stream reaches is taken as exponential with
/// its own mean excess; the limit is where an age that long has a chance of 10^-8 an interval (phi 8), and no less than 1.3 times the longest age
/// of the last minutes. Source: Hayashibara et al., "The phi accrual failure detector" (2004); docs/detectors/silence.md.
/// Shape: plain and serialisable. Units: microseconds.
/// </remarks>
public struct SilenceLimit
{
    private const int LearntAfter = 40;
    private const double TailShare = 0.02;

    /// <summary>ln(0.02 / 10^-8): from the 98th centile to phi 8, in mean excesses.</summary>
    private const double ExcessesToPhi8 = 14.5;

    private const long LeastUs = 900_000, UnknownUs = 5_000_000;
    private const double LeastPeriods = 2.5;

    public int Count;

    /// <summary>98th centile of the ages, by stochastic approximation.</summary>
    public double TailFromUs;

    public double MeanExcessUs;

    /// <summary>Longest age seen; fades by half in about ten minutes of intervals.</summary>
    public double LongestUs;

    /// <param name="ageUs">How old the stream's newest message was when this one came.</param>
    /// <param name="periodUs">Its usual interval.</param>
    public void Observe(long ageUs, double periodUs)
    {
        if (ageUs <= 0 || periodUs <= 0)
        {
            return;
        }

        // A silence that was found teaches no longer limit.
        var age = Math.Min(ageUs, 3 * periodUs);
        if (Count == 0)
        {
            (TailFromUs, MeanExcessUs) = (1.2 * periodUs, 0.05 * periodUs);
        }

        Count += Count < int.MaxValue ? 1 : 0;
        var (beyond, excess) = (age > TailFromUs, age - TailFromUs);
        var step = 0.05 * periodUs * Math.Max(1, LearntAfter / (double)Count);
        TailFromUs = Math.Max(periodUs, TailFromUs + (step * (beyond ? 1 - TailShare : -TailShare)));
        if (beyond)
        {
            MeanExcessUs += 0.05 * (excess - MeanExcessUs);
        }

        LongestUs = Math.Max(age, LongestUs * (1 - (periodUs / 900e6)));
    }

    /// <param name="ceilingUs">The contract's own limit: the greater of three periods and 1 s.</param>
    public readonly long Of(double periodUs, long ceilingUs)
    {
        if (Count < LearntAfter)
        {
            // Two messages make no rhythm yet.
            return Count < 3 ? Math.Max(ceilingUs, UnknownUs) : ceilingUs;
        }

        var learnt = Math.Max(TailFromUs + (ExcessesToPhi8 * Math.Max(MeanExcessUs, 0)), 1.3 * LongestUs);
        return Math.Min(ceilingUs, Math.Max((long)learnt, Math.Max(LeastUs, (long)(LeastPeriods * periodUs))));
    }
}
