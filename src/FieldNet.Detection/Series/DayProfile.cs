namespace FieldNet.Detection.Series;

/// <summary>What a series usually is at this time of day, and how far off it then usually is.</summary>
/// <remarks>
/// Shape: mean and mean distance for each half hour of the day, plain and serialisable. Units: log time, UTC microseconds; the value's own.
/// A half hour that was hardly seen expects nothing.
/// </remarks>
public sealed class DayProfile
{
    public const int Slots = 48;

    private const long DayUs = 86_400_000_000;

    /// <summary>The fewest values that a half hour's mean is believed from.</summary>
    private const int FewestValues = 3;

    /// <summary>One observation teaches a half hour's distance at most this many usual distances.</summary>
    private const double MostDistance = 5;

    public double[] Mean = new double[Slots];

    public double[] Distance = new double[Slots];

    public long[] Count = new long[Slots];

    /// <summary>Mean distance over the whole day.</summary>
    public double UsualDistance;

    public long Total;

    public DayDeparture Observe(long timeUs, double value, in SeriesLimits limits)
    {
        var slot = (int)((((timeUs % DayUs) + DayUs) % DayUs) * Slots / DayUs);
        var off = value - Mean[slot];
        var departure = Count[slot] >= FewestValues ? new DayDeparture(true, off, Learn(slot, off, limits)) : default;
        Mean[slot] += Math.Max(limits.ProfileGain, 1.0 / ++Count[slot]) * off;
        return departure;
    }

    private double Learn(int slot, double off, in SeriesLimits limits)
    {
        var distance = Math.Abs(off);
        UsualDistance += Math.Max(limits.Gain, 1.0 / ++Total) * (distance - UsualDistance);
        var usual = (UsualDistance + Distance[slot]) / 2;
        Distance[slot] += Math.Max(limits.ProfileGain / 2, 1.0 / (Count[slot] + 1)) * (Math.Min(distance, MostDistance * UsualDistance) - Distance[slot]);
        return off / Math.Max(usual, limits.LeastSpread);
    }
}
