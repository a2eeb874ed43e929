using FieldNet.Telemetry.Ingress;
using FieldNet.Telemetry.Records;

namespace FieldNet.Benchmarks.Mqtt;

/// <summary>A log that is never durable: enough where sessions are made and nothing is sent.</summary>
internal sealed class NothingCommitted : ICommitMark
{
    public long CommittedThrough(LogLane lane) => 0;

    public void Await(LogLane lane, IArrivalOwner owner)
    {
    }
}
