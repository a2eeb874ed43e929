namespace FieldNet.Detection.Series;

/// <summary>Finds that the level of a series has moved, up or down, by evidence that adds up over observations.</summary>
/// <remarks>
/// Shape: a two-sided CUSUM on values standardised by a <see cref="RobustBaseline"/>, cut off at a most, with what the value before
/// already says taken out; plain and serialisable. What was learnt stands still while the series is shifted.
/// Source: Page 1954; Lu and Reynolds 2001 for CUSUM on the residuals of a correlated series. <c>docs/detectors/shift.md</c>.
/// </remarks>
public sealed class ShiftDetector
{
    /// <summary>A series that is more correlated than this is left with some of it: else a shift would vanish with the correlation.</summary>
    private const double MostCorrelation = 0.9;

    private const double LeastVariance = 0.25;

    /// <summary>How far above the threshold a sum may rise, so that the end of a shift is found as soon as its start.</summary>
    private const double SumCeiling = 1.25;

    public RobustBaseline Baseline;

    /// <summary>Evidence for a higher level, and over how many observations.</summary>
    public double Up;

    public long UpObservations;

    /// <summary>Evidence for a lower level, and over how many observations.</summary>
    public double Down;

    public long DownObservations;

    /// <summary>1 shifted up, -1 down, 0 not.</summary>
    public int Direction;

    public long ShiftedObservations;

    /// <summary>The newest deviation from <see cref="Mean"/>.</summary>
    public double Previous;

    /// <summary>Mean of the deviations, which is not 0 where the series is skewed.</summary>
    public double Mean;

    /// <summary>Variance of the deviations; 1 if they are normal.</summary>
    public double Variance = 1;

    /// <summary>Covariance of a deviation with the one before.</summary>
    public double Covariance;

    /// <summary>Correlation of a value with the one before, learnt; 0 at the least.</summary>
    public double Correlation => Math.Clamp(Covariance / Math.Max(Variance, LeastVariance), 0, MostCorrelation);

    /// <summary>The shift counts as known from here on; the present level becomes the baseline.</summary>
    public void Relearn()
    {
        Baseline = default;
        (Up, UpObservations, Down, DownObservations, Direction, ShiftedObservations) = (0, 0, 0, 0, 0, 0);
    }

    public ShiftVerdict Observe(double value, in ShiftLimits limits)
    {
        if (!double.IsFinite(value) || !Baseline.IsKnown)
        {
            Baseline.Observe(value, limits.Gain, limits.LeastSpread);
            return new ShiftVerdict(false, Direction, 0, 0, 0);
        }

        var deviation = Math.Clamp(Baseline.Standardise(value, limits.LeastSpread), -limits.Most, limits.Most);
        Add(Innovation(deviation), limits);
        var changed = Turn(limits);
        if (Direction == 0)
        {
            LearnMoments(deviation, limits.Gain);
            Baseline.Observe(value, limits.Gain, limits.LeastSpread);
        }

        Previous = deviation - Mean;
        var verdict = Verdict(changed, limits);
        if (Direction != 0 && ++ShiftedObservations == limits.RelearnAfter)
        {
            Relearn();
            return verdict with { Changed = true, Direction = 0 };
        }

        return verdict;
    }

    private double Innovation(double deviation)
    {
        var correlation = Correlation;
        return (deviation - Mean - (correlation * Previous)) / Math.Sqrt(Math.Max(Variance, LeastVariance) * (1 - (correlation * correlation)));
    }

    private void Add(double innovation, in ShiftLimits limits)
    {
        // A young baseline is itself off by about 1.25/√n deviations, which would add up like a shift.
        var slack = limits.Slack + (1.25 / Math.Sqrt(Baseline.Count));
        var ceiling = SumCeiling * limits.Threshold;
        Up = Math.Clamp(Up + innovation - slack, 0, ceiling);
        UpObservations = Up > 0 ? UpObservations + 1 : 0;
        Down = Math.Clamp(Down - innovation - slack, 0, ceiling);
        DownObservations = Down > 0 ? DownObservations + 1 : 0;
    }

    private bool Turn(in ShiftLimits limits)
    {
        var before = Direction;
        if (Direction != 0 && (Direction > 0 ? Up : Down) < limits.Threshold / 2)
        {
            (Direction, ShiftedObservations) = (0, 0);
        }

        if (Direction == 0)
        {
            Direction = Up >= limits.Threshold ? 1 : Down >= limits.Threshold ? -1 : 0;
        }

        return Direction != before;
    }

    private void LearnMoments(double deviation, double leastGain)
    {
        var gain = Math.Max(leastGain, 1.0 / Baseline.Count);
        var difference = deviation - Mean;
        Mean += gain * difference;
        Variance += gain * ((difference * difference) - Variance);
        Covariance += gain * ((difference * Previous) - Covariance);
    }

    private ShiftVerdict Verdict(bool changed, in ShiftLimits limits)
    {
        var (sum, observations, sign) = Up >= Down ? (Up, UpObservations, 1) : (Down, DownObservations, -1);
        return new ShiftVerdict(changed, Direction, sum / limits.Threshold, observations > 0 ? sign * (limits.Slack + (sum / observations)) : 0, observations);
    }
}
