using FieldNet.Capture.Checkpoints;
using FieldNet.Capture.Replay;
using FieldNet.Telemetry.Topics;
using FieldNet.Ward;
using FieldNet.Ward.Events;

namespace FieldNet.Edge.Tests.Replay;

/// <summary>A replay of a later span begins at a checkpoint, and gives what it would have given from the beginning.</summary>
public sealed class CheckpointedReplayTests(ReplayedWard ward) : IClassFixture<ReplayedWard>
{
    private const string From = "2026-03-01T08:00:40Z";

    [Fact]
    public async Task Replay_FromATimeBehindACheckpoint_BeginsThereAndGivesTheSame()
    {
        var folder = await ward.CutAsync("kept", ReplayedWard.Begin, ReplayedWard.End);
        var (without, withoutEvents) = (await ward.ReplayAsync(folder, "--from", From), await ward.EventsAsync(folder, "--from", From));
        var number = TakeCheckpoint(folder, DateTimeOffset.Parse(ReplayedWard.Middle, System.Globalization.CultureInfo.InvariantCulture));

        var with = await ward.ReplayAsync(folder, "--from", From);

        Assert.NotEmpty(withoutEvents);
        Assert.Equal(withoutEvents, await ward.EventsAsync(folder, "--from", From));
        Assert.Equal(without.GetProperty("records").GetInt64() - number, with.GetProperty("records").GetInt64());
        Assert.Equal(without.GetProperty("records").GetInt64(), (await ward.ReplayAsync(folder)).GetProperty("records").GetInt64());
    }

    /// <summary>As a running agent would have taken it at that time.</summary>
    private static long TakeCheckpoint(string folder, DateTimeOffset at)
    {
        var timeUs = (at - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        var ward = new WardProcessor(new Nobody());
        using var source = new FolderSource([folder], new TopicTable());
        while (source.TryRead(out var record))
        {
            ward.Apply(record);
            if (record.LogTimeUs >= timeUs)
            {
                CheckpointFolder.Open(folder).Write(
                    new Checkpoint(record.Number, record.LogTimeUs, "test", new Dictionary<string, byte[]> { [ward.CheckpointName] = ward.SaveCheckpoint() }));
                return record.Number;
            }
        }

        throw new InvalidOperationException("the capture ends before");
    }

    private sealed class Nobody : IEventSink
    {
        public void Take(WardEvent happened)
        {
        }
    }
}
