using FieldNet.Telemetry.Records;

namespace FieldNet.Telemetry.Ingress;

/// <summary>A connection's ear on the sequencer and the commit.</summary>
public interface IArrivalOwner
{
    /// <summary>Asked before the arrival gets its number: is it to become a record?</summary>
    /// <remarks>
    /// Threading: the sequencer thread; must not block or throw. Behind a false the owner answers by itself: what it says no to is
    /// the second copy of a message that has its record, or a message that its sender may not send.
    /// </remarks>
    bool Admits(in Arrival arrival) => true;

    /// <summary>The arrival has its number and has been applied to every view.</summary>
    /// <remarks>
    /// Threading: the sequencer thread; must not block or throw. An acknowledgement is queued here, in order, and sent
    /// only when <see cref="ICommitMark.CommittedThrough"/> of <paramref name="lane"/> has reached the record's number.
    /// </remarks>
    void Sequenced(in LogRecord record, LogLane lane, Refusal refusal);

    /// <summary>The disk is full: may a message at QoS 1 be shown and not logged, because its sender can be told so? Otherwise it waits for room.</summary>
    /// <remarks>Threading: as <see cref="Sequenced"/>. Only what is admitted is asked about.</remarks>
    bool MayShed(in Arrival arrival) => false;

    /// <summary>In place of <see cref="Sequenced"/>: the arrival has been applied to every view and is not in the log.</summary>
    /// <param name="why">What the sender is to be told: <see cref="Refusal.DiskFull"/>, or why its content was refused.</param>
    /// <remarks>Threading: as <see cref="Sequenced"/>. The answer waits for no commit.</remarks>
    void Shed(in LogRecord record, Refusal why)
    {
    }

    /// <summary>The commit moved past at least one awaited record of this owner: acknowledgements may go.</summary>
    /// <remarks>Threading: the commit thread; must not block or throw.</remarks>
    void Committed();
}
