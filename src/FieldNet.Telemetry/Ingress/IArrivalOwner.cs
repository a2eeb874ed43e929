using FieldNet.Telemetry.Records;

namespace FieldNet.Telemetry.Ingress;

/// <summary>A connection's ear on the sequencer and the commit.</summary>
public interface IArrivalOwner
{
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
