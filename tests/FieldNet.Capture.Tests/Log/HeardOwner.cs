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

    /// <summary>Called within <see cref="Sequenced"/>, before the record counts as heard.</summary>
    public Action? BeforeHearing { get; set; }

    /// <summary>How many records had been heard when the last commit was told.</summary>
    public int HeardAtCommit { get; private set; }

    public void Sequenced(in LogRecord record, LogLane lane, Refusal refusal)
    {
        BeforeHearing?.Invoke();
        Heard.Add((record.Number, lane, refusal));
    }

    /// <summary>Whether it is a sender that can be told of a full disk.</summary>
    public bool MaySheds { get; set; }

    public List<(long Number, Refusal Why)> Sheds { get; } = [];

    public bool MayShed(in Arrival arrival) => MaySheds;

    public void Shed(in LogRecord record, Refusal why) => Sheds.Add((record.Number, why));

    public void Committed()
    {
        HeardAtCommit = Heard.Count;
        Interlocked.Increment(ref _commits);
    }
}
