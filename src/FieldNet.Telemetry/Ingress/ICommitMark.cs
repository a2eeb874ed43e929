using FieldNet.Telemetry.Records;

namespace FieldNet.Telemetry.Ingress;

/// <summary>How far the log is durable.</summary>
/// <remarks>Threading: any thread; the marks only grow.</remarks>
public interface ICommitMark
{
    /// <summary>Every record of the lane numbered up to this one is committed: its fsync has returned.</summary>
    long CommittedThrough(LogLane lane);
}
