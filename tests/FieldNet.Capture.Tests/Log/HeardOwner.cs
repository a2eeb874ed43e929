using FieldNet.Telemetry;
using FieldNet.Telemetry.Ingress;
using FieldNet.Telemetry.Records;

namespace FieldNet.Capture.Tests.Log;

/// <summary>An owner that remembers what it was told.</summary>
internal sealed class HeardOwner : IArrivalOwner
{
    private int _commits;

    public List<(long Number, LogLane Lane, Refusal Refusal)> Heard { get; } = [];

    public int Commits => Volatile.Read(ref _commits);

    public void Sequenced(in LogRecord record, LogLane lane, Refusal refusal) => Heard.Add((record.Number, lane, refusal));

    public void Committed() => Interlocked.Increment(ref _commits);
}
