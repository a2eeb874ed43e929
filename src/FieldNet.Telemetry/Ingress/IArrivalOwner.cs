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

    /// <summary>The commit moved past at least one awaited record of this owner: acknowledgements may go.</summary>
    /// <remarks>Threading: the commit thread; must not block or throw.</remarks>
    void Committed();
}
