using FieldNet.Detection.Streams;

namespace FieldNet.Detection.Radio;

/// <summary>Says when a gateway is not registered in the network: by its own word, or because the core no longer knows it.</summary>
/// <remarks>Shape: plain and serialisable. Source: registration states of TS 24.501; docs/detectors/unregistered.md.</remarks>
public struct Registration
{
    /// <summary>A cell change passes through "searching" for less than this.</summary>
    public const long HoldUs = 2_000_000;

    /// <summary>Reports of the core in a row that must lack it: one may have been read while it moved.</summary>
    public const int MissingReports = 2;

    public bool WasAtCore;
    public int MissingAtCore;
    public bool SaidOut;
    public Hysteresis State;

    public readonly bool IsMissingAtCore => MissingAtCore >= MissingReports;

    /// <param name="state">As in a link report: 0 unspecified, 1 searching, 2 limited, 3 registered, 4 connected, 5 denied.</param>
    /// <returns>True when <see cref="State"/> changed.</returns>
    public bool ObserveOwn(byte state, long timeUs)
    {
        SaidOut = state == 0 ? SaidOut : state is not (3 or 4);
        return Observe(timeUs, state == 5);
    }

    /// <param name="isKnown">The core's list of subscribers has it.</param>
    /// <returns>True when <see cref="State"/> changed.</returns>
    public bool ObserveCore(bool isKnown, long timeUs)
    {
        MissingAtCore = isKnown ? 0 : WasAtCore ? Math.Min(MissingAtCore + 1, MissingReports) : 0;
        WasAtCore |= isKnown;
        return Observe(timeUs, IsMissingAtCore);
    }

    /// <param name="sure">It is final: there is nothing to wait for, as there is nothing once it is registered again.</param>
    private bool Observe(long timeUs, bool sure) => State.Observe(SaidOut || IsMissingAtCore ? 1 : 0, timeUs, 1, 1, sure || State.IsOn ? 0 : HoldUs);
}
