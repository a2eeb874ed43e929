using FieldNet.Telemetry.Records;

namespace FieldNet.Telemetry.Ingress;

/// <summary>How far the log is durable.</summary>
/// <remarks>Threading: any thread, where a member does not say otherwise; the marks only grow.</remarks>
public interface ICommitMark
{
    /// <summary>Every record of the lane numbered up to this one is committed: its fsync has returned.</summary>
    long CommittedThrough(LogLane lane);

    /// <summary>The disk is full: what is not committed yet waits in memory, and nobody knows how long.</summary>
    bool IsFull(LogLane lane) => false;

    /// <summary>Has the owner told, by <see cref="IArrivalOwner.Committed"/>, once everything accepted so far in the lane is committed, soon.</summary>
    /// <remarks>Threading: the sequencer thread, from within <see cref="IRecordView.Apply"/> or behind it.</remarks>
    void Await(LogLane lane, IArrivalOwner owner);
}
