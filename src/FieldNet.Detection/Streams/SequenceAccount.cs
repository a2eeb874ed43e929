using System.Numerics;
using FieldNet.Telemetry.Messages;

namespace FieldNet.Detection.Streams;

/// <summary>Counts what one stream lost, repeated and reordered, from epoch and sequence number.</summary>
/// <remarks>
/// Shape: plain and serialisable; part of a checkpoint. A bit mask remembers the last 64 numbers, so a message that is
/// later than that counts as late, never as a duplicate. Source: RFC 4737 (reordering), RFC 7680 (loss).
/// </remarks>
public struct SequenceAccount
{
    /// <summary>A jump over this many numbers is a sender's fault, not loss, and is not counted message by message.</summary>
    public const ulong LargestPlausibleGap = 100_000;

    public bool Started;
    public uint Epoch;
    public ulong Highest;

    /// <summary>Bit i is set when <c>Highest - i</c> was seen.</summary>
    public ulong SeenMask;

    /// <summary>The connection that carried the newest message; a lower epoch on a later connection is a restart of a sender with a bad counter.</summary>
    public long Connection;

    /// <summary>When the newest message was sent, by the sender's clock, UTC microseconds; 0 unknown.</summary>
    public long SentUs;

    public long Lost;
    public long Duplicates;
    public long Reordered;

    /// <param name="gap">How many messages are newly missing (<see cref="SequenceVerdict.Gap"/>), or 1 that came after all (<see cref="SequenceVerdict.Late"/>).</param>
    public SequenceVerdict Observe(in Stamp stamp, long connection, out long gap)
    {
        gap = 0;
        if (!stamp.HasEpoch || !stamp.HasSeq)
        {
            return SequenceVerdict.Unstamped;
        }

        if (!Started || stamp.Epoch > Epoch)
        {
            return Begin(stamp, connection, Started ? SequenceVerdict.Restarted : SequenceVerdict.First);
        }

        if (stamp.Epoch < Epoch)
        {
            return connection > Connection ? Begin(stamp, connection, SequenceVerdict.Restarted) : SequenceVerdict.OldEpoch;
        }

        if (stamp.Seq > Highest)
        {
            SentUs = stamp.SentTimeUs;
            return Advance(stamp.Seq, connection, out gap);
        }

        return IsCountedAnew(stamp, connection) ? Begin(stamp, connection, SequenceVerdict.Restarted) : LookBack(stamp.Seq, out gap);
    }

    /// <summary>A sender that keeps its epoch and starts its numbers again, or one wild number before: no redelivery reaches back so far, or was sent later.</summary>
    private readonly bool IsCountedAnew(in Stamp stamp, long connection) => Highest - stamp.Seq is var back
        && (back > LargestPlausibleGap || (connection > Connection && (back >= 64 || (stamp.HasSentTime && SentUs > 0 && stamp.SentTimeUs > SentUs))));

    private SequenceVerdict Begin(in Stamp stamp, long connection, SequenceVerdict verdict)
    {
        (Started, Epoch, Highest, SeenMask, Connection, SentUs) = (true, stamp.Epoch, stamp.Seq, 1, connection, stamp.SentTimeUs);
        return verdict;
    }

    private SequenceVerdict Advance(ulong seq, long connection, out long gap)
    {
        var step = seq - Highest;
        SeenMask = step >= 64 ? 1 : (SeenMask << (int)step) | 1;
        Highest = seq;
        Connection = connection;
        gap = step - 1 <= LargestPlausibleGap ? (long)(step - 1) : 0;
        Lost += gap;
        return step == 1 ? SequenceVerdict.InOrder : SequenceVerdict.Gap;
    }

    private SequenceVerdict LookBack(ulong seq, out long gap)
    {
        gap = 0;
        var back = Highest - seq;
        if (back < 64 && BitOperations.IsPow2(SeenMask & (1UL << (int)back)))
        {
            Duplicates++;
            return SequenceVerdict.Duplicate;
        }

        if (back < 64)
        {
            SeenMask |= 1UL << (int)back;
            gap = Lost > 0 ? 1 : 0;
            Lost -= gap;
        }

        Reordered++;
        return SequenceVerdict.Late;
    }
}
