using FieldNet.Detection.Streams;

namespace FieldNet.Detection.Radio;

/// <summary>Says when a gateway's radio is weak: below a line that holds anywhere, or clearly below what is usual where it stands.</summary>
/// <remarks>
/// Shape: plain and serialisable. Units: dBm, dB. A badness of 1 is a finding when it lasts <see cref="HoldUs"/>, below <see cref="OffAt"/> it is over. Of RSRP,
/// SINR and CQI the worst counts; what is absent says nothing. Source: docs/detectors/radio-weak.md.
/// </remarks>
public struct RadioWeakness
{
    /// <summary>RSRP at which reception is poor anywhere: about 10 dB above where a terminal loses the cell (TS 38.133, reporting range from −156; usual planning line −110).</summary>
    public const double WeakRsrpDbm = -110;

    /// <summary>SINR below which only the lowest code rates get through.</summary>
    public const double WeakSinrDb = 0;

    /// <summary>CQI 2 is QPSK at a code rate of 0.12 (TS 38.214 table 5.2.2.1-2); 0 is out of range.</summary>
    public const double WeakCqi = 2;

    /// <summary>A fall of this many decibels below the usual level, or of five usual deviations if that is more.</summary>
    public const double FallDb = 10;

    /// <summary>A fall to a level that is still good is none: somebody moved.</summary>
    public const double PoorRsrpDbm = -98, PoorSinrDb = 3;

    public const double OffAt = 0.6;
    public const long HoldUs = 2_000_000;

    public NormalLevel Rsrp;
    public NormalLevel Sinr;
    public Hysteresis State;

    /// <returns>True when <see cref="State"/> changed.</returns>
    public bool Observe(double? rsrpDbm, double? sinrDb, double? cqi, long timeUs)
    {
        var level = Worst(
            Worst(Line(rsrpDbm, WeakRsrpDbm, 10), rsrpDbm < PoorRsrpDbm ? Fall(Rsrp, rsrpDbm) : null),
            Worst(Worst(Line(sinrDb, WeakSinrDb, 10), sinrDb < PoorSinrDb ? Fall(Sinr, sinrDb) : null), Line(cqi, WeakCqi, 3)));
        var changed = State.Observe(level, timeUs, 1, OffAt, HoldUs);
        if (!State.IsOn && State.ContradictedSinceUs == 0)
        {
            Learn(ref Rsrp, rsrpDbm);
            Learn(ref Sinr, sinrDb);
        }

        return changed;
    }

    private static void Learn(ref NormalLevel normal, double? value)
    {
        if (value is { } known)
        {
            normal.Learn(known);
        }
    }

    /// <summary>1 on the line, 0 at <paramref name="span"/> above it.</summary>
    private static double? Line(double? value, double line, double span) => value is { } known ? (line + span - known) / span : null;

    private static double? Fall(in NormalLevel normal, double? value) =>
        value is { } known && normal.Below(known) is { } below ? below / Math.Max(FallDb, 5 * normal.Deviation) : null;

    private static double? Worst(double? a, double? b) => a is null ? b : b is null ? a : Math.Max(a.Value, b.Value);
}
