using FieldNet.Detection.Streams;

namespace FieldNet.Detection.Radio;

/// <summary>Says when a device runs on its battery, and how long that will last.</summary>
/// <remarks>
/// Shape: plain and serialisable. The slope is that of the line through the battery's readings since it went off mains (least squares over their sums), so it needs
/// two readings that differ. Source: docs/detectors/power.md.
/// </remarks>
public struct PowerSupply
{
    public const long HoldUs = 2_000_000;

    /// <summary>Below this share of its charge a battery is low, mains or not known.</summary>
    public const double LowPercent = 20;

    /// <summary>A slope over less than this is noise.</summary>
    private const double LeastSpanS = 60;

    public Hysteresis State;
    public double? Percent;

    /// <summary>Sums over readings since off mains; times in seconds since the first.</summary>
    public long FirstUs;
    public double N;
    public double SumT;
    public double SumP;
    public double SumTt;
    public double SumTp;
    public double LastT;

    /// <summary>Until it is empty, at the pace since it went off mains; null while that is unknown, or it does not fall.</summary>
    public readonly double? MinutesLeft
    {
        get
        {
            var spread = (N * SumTt) - (SumT * SumT);
            if (Percent is not { } percent || LastT < LeastSpanS || spread <= 0)
            {
                return null;
            }

            var perSecond = ((N * SumTp) - (SumT * SumP)) / spread;
            return perSecond < 0 ? percent / -perSecond / 60 : null;
        }
    }

    /// <returns>True when <see cref="State"/> changed.</returns>
    public bool Observe(bool? onMains, double? percent, long timeUs)
    {
        Percent = percent ?? Percent;
        if (onMains == true)
        {
            (FirstUs, N, SumT, SumP, SumTt, SumTp, LastT) = (0, 0, 0, 0, 0, 0, 0);
        }
        else if (percent is { } reading)
        {
            Add(reading, timeUs);
        }

        double? level = onMains == false || (onMains is null && percent < LowPercent) ? 1 : onMains == true || (onMains is null && percent is not null) ? 0 : null;
        return State.Observe(level, timeUs, 1, 1, HoldUs);
    }

    private void Add(double percent, long timeUs)
    {
        FirstUs = FirstUs == 0 ? timeUs : FirstUs;
        var t = (timeUs - FirstUs) / 1e6;
        (N, SumT, SumP, SumTt, SumTp, LastT) = (N + 1, SumT + t, SumP + percent, SumTt + (t * t), SumTp + (t * percent), t);
    }
}
