using FieldNet.Capture.Log;
using FieldNet.Capture.Sequencing;
using FieldNet.Telemetry;
using FieldNet.Telemetry.Records;

namespace FieldNet.Capture.Tests.Sequencing;

public sealed class QuarantineTests
{
    [Fact]
    public void Step_PoisonedRecords_AreLeftOutAndTheViewIsRebuilt()
    {
        using var bench = Poisonable(new SequencerBench(commitThread: true));
        bench.Start();
        var lane = bench.OpenLane();

        foreach (var payload in new[] { "a", "poison-1", "b", "poison-2", "c" })
        {
            SequencerBench.Post(lane, payload);
        }

        bench.Sequencer.Step();

        Assert.Equal(2, bench.View.Rebuilds);
        Assert.Equal(["a", "b", "c"], Payloads(bench));
        Assert.Equal(5, bench.Owner.Heard.Count);
        Assert.Equal([3L, 6L], QuarantinedRecords.Read(bench.Disk).Order());
        Assert.Equal(
            ["{\"number\":3,\"error\":\"InvalidOperationException: poison-1\"}", "{\"number\":6,\"error\":\"InvalidOperationException: poison-2\"}"],
            bench.View.Seen.Where(seen => seen.Kind == RecordKind.Quarantine).Select(seen => seen.Payload));
    }

    [Fact]
    public void Start_AfterQuarantine_ReplayGivesTheSameStateWithoutAnotherRebuild()
    {
        using var first = Poisonable(new SequencerBench(commitThread: true));
        first.Start();
        var lane = first.OpenLane();
        SequencerBench.Post(lane, "a");
        SequencerBench.Post(lane, "poison");
        SequencerBench.Post(lane, "b");
        first.Sequencer.Step();
        first.Sequencer.Finish();
        first.Log.Dispose();

        using var second = Poisonable(new SequencerBench(first.Disk));
        var replay = second.Start();

        Assert.Equal(0, second.View.Rebuilds);
        Assert.Equal(1, replay.Quarantined);
        Assert.Equal(first.View.Seen, second.View.Seen.Take(first.View.Seen.Count));
    }

    /// <summary>Live, it has applied the record that made another view throw: without it, replay would make another state.</summary>
    [Fact]
    public void Start_AfterQuarantine_AViewThatIsNeverRebuiltStillHasTheRecord()
    {
        var live = new List<long>();
        using var first = Poisonable(new SequencerBench(commitThread: true));
        first.Sequencer.StartWithoutThread([first.View, Recording(live)]);
        var lane = first.OpenLane();
        SequencerBench.Post(lane, "a");
        SequencerBench.Post(lane, "poison");
        SequencerBench.Post(lane, "b");
        first.Sequencer.Step();
        first.Sequencer.Finish();
        first.Log.Dispose();

        var replayed = new List<long>();
        using var second = Poisonable(new SequencerBench(first.Disk));
        second.Sequencer.StartWithoutThread([second.View, Recording(replayed)]);

        Assert.Equal(["a", "b"], Payloads(second));
        Assert.Equal(live, replayed.Take(live.Count));

        static PlainView Recording(List<long> numbers) => new((in LogRecord record) =>
        {
            numbers.Add(record.Number);
            return Refusal.None;
        });
    }

    [Fact]
    public void Start_RecordThatOnlyThisVersionCannotApply_IsQuarantinedDuringReplay()
    {
        using var first = new SequencerBench();
        first.Start();
        var lane = first.OpenLane();
        SequencerBench.Post(lane, "a");
        SequencerBench.Post(lane, "poison");
        SequencerBench.Post(lane, "b");
        first.Sequencer.Step();
        first.Finish();

        using var second = Poisonable(new SequencerBench(first.Disk));
        second.Start();

        Assert.Equal(["a", "b"], Payloads(second));
        Assert.Equal([RecordKind.Stop, RecordKind.AgentStart, RecordKind.Quarantine], second.View.Seen.TakeLast(3).Select(seen => seen.Kind));
        second.Finish();

        using var third = Poisonable(new SequencerBench(second.Disk));
        third.Start();
        Assert.Equal(0, third.View.Rebuilds);
        Assert.Equal(second.View.Seen, third.View.Seen.Take(second.View.Seen.Count));
    }

    [Fact]
    public void Step_RebuildMeetsAnotherPoisonedRecord_BothAreLeftOut()
    {
        using var bench = new SequencerBench(commitThread: true);
        var rebuilding = false;
        bench.View.React = (in LogRecord record) => record.Payload.StartsWith("poison"u8) || (rebuilding && record.Payload.SequenceEqual("late"u8))
            ? throw Throw(rebuilding = true)
            : Refusal.None;
        bench.Start();
        var lane = bench.OpenLane();
        SequencerBench.Post(lane, "late");
        SequencerBench.Post(lane, "a");
        SequencerBench.Post(lane, "poison");
        bench.Sequencer.Step();

        Assert.Equal(["a"], Payloads(bench));
        Assert.Equal(2, bench.View.Rebuilds);
        bench.Sequencer.Finish();
        Assert.Equal([2L, 4L], QuarantinedRecords.Read(bench.Disk).Order());

        static InvalidOperationException Throw(bool _) => new("late");
    }

    [Fact]
    public void Step_DiskTakesNoQuarantine_EndsBeforeARebuildFromHalfTheLog()
    {
        using var first = Poisonable(new SequencerBench(options: new SequencerOptions { CommitWait = TimeSpan.FromMilliseconds(50) }, commitThread: true));
        first.Start();
        var lane = first.OpenLane();
        Assert.True(first.Log.Commit(TimeSpan.FromSeconds(10)));
        first.Disk.FailWhen = _ => true;
        SequencerBench.Post(lane, "a");
        SequencerBench.Post(lane, "poison");

        var ended = Assert.Throws<CaptureException>(first.Sequencer.Step);

        Assert.Contains("Record 3 made the processor throw (InvalidOperationException: poison)", ended.Message, StringComparison.Ordinal);
        Assert.Equal((0, 1, 0), (first.View.Rebuilds, first.Owner.Heard.Count, first.Owner.Commits));
        first.Disk.FailWhen = null;
        first.Log.Dispose();

        using var second = Poisonable(new SequencerBench(first.Disk));
        Assert.Equal(1, second.Start().Quarantined);
        Assert.Equal(["a"], Payloads(second));
        Assert.Equal(0, second.View.Rebuilds);
    }

    private static SequencerBench Poisonable(SequencerBench bench)
    {
        bench.View.React = (in LogRecord record) => record.Payload.StartsWith("poison"u8)
            ? throw new InvalidOperationException(System.Text.Encoding.UTF8.GetString(record.Payload))
            : Refusal.None;
        return bench;
    }

    private static IEnumerable<string> Payloads(SequencerBench bench) =>
        bench.View.Seen.Where(seen => seen.Kind == RecordKind.Publish).Select(seen => seen.Payload);
}
