using FieldNet.Detection.Streams;

namespace FieldNet.Detection.Radio;

/// <summary>Says when a cell, or a slice of it, has no room left for those who wait.</summary>
/// <remarks>
/// Shape: plain and serialisable. Joint: nearly all resource blocks in use, and somebody waits for them (scheduling requests answered late, or data queueing).
/// A full cell where nobody waits is well used, and waiting on an empty cell is another fault. Source: docs/detectors/congestion.md.
/// </remarks>
public struct Congestion
{
    /// <summary>Share of resource blocks.</summary>
    public const double FullShare = 0.9, FreeShare = 0.75;

    /// <summary>From scheduling request to grant: two periods of the usual 10 ms of a request's own opportunities, or twice its usual figure.</summary>
    public const double LateGrantMs = 20;

    /// <summary>Waiting data: more than 200 ms of a bedside's 100 kbit/s and a maximum-size packet besides, or four times the usual.</summary>
    public const double QueuedBytes = 4_000;

    public const long HoldUs = 2_000_000;

    public NormalLevel GrantMs;
    public NormalLevel Queued;
    public Hysteresis State;

    /// <param name="blockShare">Share of resource blocks in use, the fuller direction; null unknown.</param>
    /// <param name="grantMs">From scheduling request to grant, mean of the terminals.</param>
    /// <param name="queuedBytes">Waiting in either direction, mean of the terminals.</param>
    /// <returns>True when <see cref="State"/> changed.</returns>
    public bool Observe(double? blockShare, double? grantMs, double? queuedBytes, long timeUs)
    {
        var waits = Waits(GrantMs, grantMs, LateGrantMs, 2) || Waits(Queued, queuedBytes, QueuedBytes, 4);
        var knowsWaiting = grantMs is not null || queuedBytes is not null;
        double? level = blockShare is not { } share ? null
            : share < FreeShare ? 0
            : share < FullShare ? 0.5
            : !knowsWaiting || waits ? 1 : 0.5;
        if (State.IsOn && level == 0.5 && !waits && knowsWaiting)
        {
            level = 0;
        }

        var changed = State.Observe(level, timeUs, 1, 0.5, HoldUs);
        if (!State.IsOn && State.ContradictedSinceUs == 0)
        {
            Learn(ref GrantMs, grantMs);
            Learn(ref Queued, queuedBytes);
        }

        return changed;
    }

    /// <summary>By the lines that hold anywhere, without what is usual.</summary>
    public static bool IsWaiting(double? grantMs, double? queuedBytes) => grantMs >= LateGrantMs || queuedBytes >= QueuedBytes;

    private static bool Waits(in NormalLevel normal, double? value, double line, double times) =>
        value is { } known && known >= line && (!normal.IsKnown || known >= times * normal.Mean);

    private static void Learn(ref NormalLevel normal, double? value)
    {
        if (value is { } known)
        {
            normal.Learn(known);
        }
    }
}
