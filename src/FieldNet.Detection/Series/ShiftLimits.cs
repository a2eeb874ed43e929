namespace FieldNet.Detection.Series;

/// <summary>How sure a <see cref="ShiftDetector"/> has to be.</summary>
/// <remarks>
/// Units: deviations of the series, observations. Source: Siegmund 1985 for the run length of a CUSUM, with his correction of 1.166
/// for the overshoot; Montgomery, Introduction to Statistical Quality Control, 9.1.
/// </remarks>
public readonly record struct ShiftLimits
{
    private const double Overshoot = 1.166;

    /// <param name="runLength">Observations to a false alarm, on average, of a series that does not shift.</param>
    /// <param name="smallest">The smallest shift worth finding soon, deviations.</param>
    public ShiftLimits(double runLength, double smallest = 1)
    {
        Slack = smallest / 2;
        Threshold = ThresholdFor(runLength, Slack);
    }

    /// <summary>What each observation takes off the sums: half the smallest shift worth finding.</summary>
    public double Slack { get; }

    /// <summary>The sum at which a shift is certain enough.</summary>
    public double Threshold { get; }

    /// <summary>How fast the baseline follows, <see cref="RobustBaseline.Observe"/>.</summary>
    public double Gain { get; init; } = 0.002;

    /// <summary>The most that one observation counts, deviations: one spike alone is no shift.</summary>
    public double Most { get; init; } = 4;

    /// <summary>The least deviation, in the value's unit.</summary>
    public double LeastSpread { get; init; } = 1e-9;

    /// <summary>Observations after which a shift is the new normal, and is learnt; 0: never.</summary>
    public int RelearnAfter { get; init; }

    /// <summary>Mean run length to a false alarm of the two-sided CUSUM on white normal noise.</summary>
    public static double RunLength(double threshold, double slack)
    {
        var height = 2 * slack * (threshold + Overshoot);
        return (Math.Exp(height) - height - 1) / (4 * slack * slack);
    }

    private static double ThresholdFor(double runLength, double slack)
    {
        var (low, high) = (0.0, 1000.0);
        while (high - low > 1e-6)
        {
            var middle = (low + high) / 2;
            (low, high) = RunLength(middle, slack) < runLength ? (middle, high) : (low, middle);
        }

        return high;
    }
}
