namespace FieldNet.Detection.Series;

/// <summary>How a <see cref="SeriesAnomaly"/> learns.</summary>
/// <remarks>Units: observations; the value's own for the spread. The defaults serve any series; nothing is set per series but the length of an episode.</remarks>
public readonly record struct SeriesLimits
{
    /// <summary>What counts as a spike of a score, which then teaches its tail no more than that.</summary>
    private const double Risk = 1e-4;

    /// <param name="episode">Observations for which what goes on is no news.</param>
    public SeriesLimits(int episode)
    {
        Episode = episode;
        Shift = new ShiftLimits(runLength: 1e9);
    }

    public int Episode { get; }

    /// <summary>How fast baselines and tails follow, <see cref="RobustBaseline.Observe"/>.</summary>
    public double Gain { get; init; } = 0.002;

    /// <summary>How fast the profile of the day follows, in days.</summary>
    public double ProfileGain { get; init; } = 0.1;

    /// <summary>The least deviation, in the value's unit.</summary>
    public double LeastSpread { get; init; } = 1e-9;

    /// <summary>What sums up to a shift; the threshold only ends the scale.</summary>
    public ShiftLimits Shift { get; init; }

    /// <summary>The tail of values, and of distances from the time of day.</summary>
    public SpikeLimits Tail => new(Risk) { Gain = Gain, LeastSpread = LeastSpread };

    /// <summary>The tail of scores that are decades already: less than one of them is nothing.</summary>
    public SpikeLimits DecadesTail => new(Risk) { Gain = Gain, LeastSpread = 1 };
}
