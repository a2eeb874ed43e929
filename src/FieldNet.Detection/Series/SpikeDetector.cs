namespace FieldNet.Detection.Series;

/// <summary>Finds single values that are too high for the series' own tail, at a stated risk, whatever its distribution.</summary>
/// <remarks>
/// Shape: DSPOT: a running median takes the drift out, a running quantile marks where the tail begins, and a generalised Pareto fit to the newest
/// peaks above it gives the threshold; plain and serialisable. A spike teaches the tail at most its threshold. Before there are peaks enough the tail is
/// taken for an exponential one of one deviation, which puts the threshold near 7 deviations: sure, and deaf to small spikes.
/// For low values feed the negated series to a second one.
/// Source: Siffer et al., Anomaly Detection in Streams with Extreme Value Theory, KDD 2017. <c>docs/detectors/spike.md</c>.
/// </remarks>
public sealed class SpikeDetector
{
    /// <summary>The peaks that the tail is fitted to.</summary>
    public const int Peaks = 128;

    /// <summary>The fewest peaks that a fit is trusted from.</summary>
    public const int FewestPeaks = 24;

    /// <summary>A quantile far out is passed seldom, so it learns with longer steps.</summary>
    private const double TailGain = 5;

    private const double FirstTailGain = 10;

    /// <summary>How far past the threshold, as a multiple of it, a value may still be the series' own.</summary>
    private const double OwnTail = 1.25;

    public RobustBaseline Baseline;

    /// <summary>Where the tail begins, above the median.</summary>
    public double TailBegin;

    public ParetoTail Tail;

    /// <summary>Excesses of the newest peaks over where the tail began then.</summary>
    public double[] Excesses = new double[Peaks];

    public long PeakCount;

    public bool IsCalibrated => PeakCount >= FewestPeaks;

    public SpikeVerdict Observe(double value, in SpikeLimits limits)
    {
        if (!double.IsFinite(value))
        {
            return default;
        }

        if (!Baseline.IsKnown)
        {
            Baseline.Observe(value, limits.Gain, limits.LeastSpread);
            TailBegin = 2 * Math.Max(Baseline.High - Baseline.Median, limits.LeastSpread);
            return default;
        }

        var deviation = Math.Max(Baseline.High - Baseline.Median, limits.LeastSpread);
        var tail = IsCalibrated ? Tail : new ParetoTail(deviation, 0);
        var above = value - Baseline.Median;
        var threshold = TailBegin + tail.At(limits.Risk / limits.TailShare);
        var isSpike = above > threshold;
        var surprise = above > TailBegin ? -Math.Log10(Math.Max(limits.TailShare * tail.Beyond(above - TailBegin), 1e-300)) : 0;
        var verdict = new SpikeVerdict(isSpike, Baseline.Median, Baseline.Median + threshold, surprise);

        // A value just past the threshold belongs to the tail, whose far end would be lost without it; one far beyond it does not.
        if (above < OwnTail * threshold)
        {
            Learn(above, threshold, deviation, limits);
        }

        Baseline.Observe(value, limits.Gain, limits.LeastSpread);
        return verdict;
    }

    private void Learn(double above, double threshold, double deviation, in SpikeLimits limits)
    {
        var isPeak = above > TailBegin;
        if (isPeak)
        {
            AddPeak(Math.Min(above, threshold) - TailBegin);
        }

        var step = deviation * Math.Max(TailGain * limits.Gain, FirstTailGain / Baseline.Count);
        TailBegin = Math.Max(0, TailBegin + (step * ((isPeak ? 1 : 0) - limits.TailShare)));
    }

    private void AddPeak(double excess)
    {
        Excesses[PeakCount++ % Peaks] = excess;
        if (IsCalibrated)
        {
            Span<double> sorted = stackalloc double[Peaks];
            sorted = sorted[..(int)Math.Min(PeakCount, Peaks)];
            Excesses.AsSpan(0, sorted.Length).CopyTo(sorted);
            sorted.Sort();
            Tail = ParetoTail.Fit(sorted);
        }
    }
}
