using FieldNet.Detection.Streams;

namespace FieldNet.Detection.Radio;

/// <summary>Says when a terminal sends with all its power and is still hardly heard: its antenna must move.</summary>
/// <remarks>
/// Shape: plain and serialisable. Joint: no power headroom left, and a low modulation or many failed blocks besides, for <see cref="HoldUs"/>. Headroom alone is
/// no fault: a terminal with much to send uses what it has. Source: docs/detectors/uplink-limited.md; power headroom report, TS 38.321 clause 6.1.3.8.
/// </remarks>
public struct UplinkLimit
{
    public const double NoHeadroomDb = 0;

    /// <summary>Up to MCS 4 is QPSK at a code rate under 0.31 (TS 38.214 table 5.1.3.1-1).</summary>
    public const double LowMcs = 4;

    /// <summary>Link adaptation aims at 0.1; twice that it has lost.</summary>
    public const double HighBlockErrors = 0.2;

    /// <summary>With this much headroom again it is over, whatever the rest.</summary>
    public const double RecoveredHeadroomDb = 3;

    public const long HoldUs = 2_000_000;

    public Hysteresis State;

    /// <returns>True when <see cref="State"/> changed. Unknown headroom says nothing either way.</returns>
    public bool Observe(double? headroomDb, double? ulMcs, double? ulBlockErrorShare, long timeUs)
    {
        var suffers = ulMcs <= LowMcs || ulBlockErrorShare >= HighBlockErrors;
        double? level = headroomDb is not { } headroom ? null
            : headroom >= RecoveredHeadroomDb ? 0
            : headroom <= NoHeadroomDb && suffers ? 1
            : suffers ? 0.5 : 0;
        return State.Observe(level, timeUs, 1, 0.5, HoldUs);
    }
}
