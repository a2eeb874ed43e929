using FieldNet.Capture.Sequencing;
using FieldNet.Capture.Tests.Log;
using FieldNet.Telemetry;
using FieldNet.Telemetry.Ingress;
using FieldNet.Telemetry.Records;

namespace FieldNet.Capture.Tests.Sequencing;

public sealed class SequencerTests
{
    [Fact]
    public void Step_ArrivalsOfTwoConnections_AreNumberedAppliedAndLoggedOnce()
    {
        using var bench = new SequencerBench();
        bench.Start();
        var (a, b) = (bench.OpenLane("a"), bench.OpenLane("b"));

        SequencerBench.Post(a, "1");
        SequencerBench.Post(b, "2", Records.Wave, qos: 0);
        SequencerBench.Post(a, "3");
        bench.Sequencer.Step();

        Assert.Equal(["1", "3", "2"], bench.View.Seen.Where(seen => seen.Kind == RecordKind.Publish).Select(seen => seen.Payload));
        Assert.Equal([(2L, LogLane.Facts), (3L, LogLane.Facts), (4L, LogLane.Waves)], bench.Owner.Heard.Select(heard => (heard.Number, heard.Lane)));
        bench.Finish();
        Assert.Equal([RecordKind.AgentStart, RecordKind.Publish, RecordKind.Publish, RecordKind.Publish, RecordKind.Stop], Records.ReadAll(bench.Disk).Select(record => record.Kind));
    }

    [Fact]
    public void Step_AwaitedArrival_OwnerIsToldOnlyAfterTheCommit()
    {
        using var bench = new SequencerBench();
        bench.Start();
        SequencerBench.Post(bench.OpenLane(), "1");
        bench.Sequencer.Step();

        Assert.Equal(0, bench.Owner.Commits);
        Assert.True(bench.Log.CommittedThrough(LogLane.Facts) < bench.Owner.Heard[0].Number);

        bench.Log.CommitLanes(all: true);

        Assert.Equal(1, bench.Owner.Commits);
        Assert.True(bench.Log.CommittedThrough(LogLane.Facts) >= bench.Owner.Heard[0].Number);
    }

    [Fact]
    public void Step_CommitComesBeforeTheOwnerHearsOfItsRecord_OwnerIsStillToldBehindIt()
    {
        using var bench = new SequencerBench();
        bench.Start();
        bench.Owner.BeforeHearing = () => bench.Log.CommitLanes(all: true);

        SequencerBench.Post(bench.OpenLane(), "1");
        bench.Sequencer.Step();
        bench.Log.CommitLanes(all: true);

        Assert.Equal(1, bench.Owner.HeardAtCommit);
    }

    [Fact]
    public void Step_ViewsRefuse_FirstReasonIsGivenAndCounted()
    {
        using var bench = new SequencerBench();
        bench.View.React = (in LogRecord record) => record.Kind == RecordKind.Publish ? Refusal.ValueOutOfRange : Refusal.None;
        bench.Start(new PlainView((in LogRecord record) => record.Kind == RecordKind.Publish ? Refusal.NotAuthorized : Refusal.None));

        SequencerBench.Post(bench.OpenLane(), "1");
        bench.Sequencer.Step();

        Assert.Equal(Refusal.NotAuthorized, bench.Owner.Heard.Single().Refusal);
        Assert.Equal(1, bench.Sequencer.Refusals[Refusal.NotAuthorized]);
        Assert.Equal(0, bench.Sequencer.Refusals[Refusal.ValueOutOfRange]);
    }

    [Theory]
    [InlineData(255, 255)]
    [InlineData(254, 256)]
    public void Refuse_LongTextsOfAStranger_AreCutBetweenCharactersAndReplayTheSame(int before, int kept)
    {
        var text = new string('x', before) + "😀 and so on";
        using var live = new SequencerBench();
        var said = new List<string>();
        live.View.React = (in LogRecord record) => Note(said, record);
        live.Start();
        live.Sequencer.Refuse(Refusal.ClientIdInvalid, 7, text, text, text);
        live.Sequencer.Step();
        live.Finish();
        using var again = new SequencerBench(live.Disk);
        var replayed = new List<string>();
        again.View.React = (in LogRecord record) => Note(replayed, record);

        again.Start();

        Assert.Equal(said, replayed);
        Assert.Equal(text[..kept], said[0]);

        static Refusal Note(List<string> clients, in LogRecord record)
        {
            if (record.Kind == RecordKind.Refused)
            {
                clients.Add(record.Client);
            }

            return Refusal.None;
        }
    }

    [Fact]
    public void Refuse_MoreThanItsQueueHolds_CountsAllAndLogsSome()
    {
        using var bench = new SequencerBench();
        bench.Start();

        for (var i = 0; i < 1000; i++)
        {
            bench.Sequencer.Refuse(Refusal.PacketTooLarge, 7, "huge", "127.0.0.1:9", new string('x', 5000));
        }

        for (var i = 0; i < 10; i++)
        {
            bench.Sequencer.Step();
        }

        Assert.Equal(1000, bench.Sequencer.Refusals[Refusal.PacketTooLarge]);
        var logged = bench.View.Seen.Where(seen => seen.Kind == RecordKind.Refused).ToList();
        Assert.Equal(256, logged.Count);
        Assert.StartsWith("{\"reason\":\"packet_too_large\",\"address\":\"127.0.0.1:9\",\"detail\":\"xxx", logged[0].Payload, StringComparison.Ordinal);
        Assert.InRange(logged[0].Payload.Length, 256, 400);
    }

    [Fact]
    public void Start_AfterARun_ReplaysItAndNamesItsEnd()
    {
        using var first = new SequencerBench();
        first.Start();
        SequencerBench.Post(first.OpenLane(), "1");
        first.Sequencer.Step();
        first.Finish();
        var connection = first.Sequencer.NextConnection();

        using var second = new SequencerBench(first.Disk);
        var replay = second.Start();

        Assert.Equal(3, replay.Records);
        Assert.Equal(first.View.Seen, second.View.Seen.Take(3));
        Assert.Equal((4, RecordKind.AgentStart), (second.View.Seen[3].Number, second.View.Seen[3].Kind));
        Assert.StartsWith("{\"start\":2,\"version\":\"\",\"checkpoint\":null,\"previous_record\":3,\"clean\":true", second.View.Seen[3].Payload, StringComparison.Ordinal);
        Assert.True(second.Sequencer.NextConnection() > connection);
        Assert.Equal(2, second.Sequencer.NextConnection() >> 32);
    }

    [Fact]
    public void Start_WallClockWentBack_LogTimeDoesNot()
    {
        using var first = new SequencerBench();
        first.Start();
        first.Time.Advance(TimeSpan.FromHours(3));
        first.Sequencer.Step();
        first.Finish();

        using var second = new SequencerBench(first.Disk);
        second.Start();

        Assert.Equal(second.View.LogTimes.Order(), second.View.LogTimes);
        Assert.True(second.Sequencer.Clock.NowUs >= first.View.LogTimes[^1]);
    }

    [Fact]
    public void Inject_WithinApply_IsTheNextRecordAndIsNotRepeatedByReplay()
    {
        using var first = new SequencerBench();
        InjectWillOnClose(first);
        first.Start();
        var (a, b) = (first.OpenLane("a"), first.OpenLane("b"));
        SequencerBench.Post(a, "bye", "", qos: 0, RecordKind.Close);
        SequencerBench.Post(b, "2");
        first.Sequencer.Step();

        Assert.Equal([RecordKind.AgentStart, RecordKind.Close, RecordKind.Will, RecordKind.Publish], first.View.Seen.Select(seen => seen.Kind));
        first.Finish();

        using var second = new SequencerBench(first.Disk);
        InjectWillOnClose(second);
        second.Start();

        Assert.Single(second.View.Seen, seen => seen.Kind == RecordKind.Will);
    }

    [Fact]
    public void Start_CrashBetweenCloseAndItsWill_AddsTheWill()
    {
        using var first = new SequencerBench();
        first.Start();
        SequencerBench.Post(first.OpenLane("a"), "bye", "", qos: 0, RecordKind.Close);
        first.Sequencer.Step();
        first.Log.CommitLanes(all: true);
        first.Log.Dispose();

        using var second = new SequencerBench(first.Disk);
        InjectWillOnClose(second);
        second.Start();

        Assert.Equal([RecordKind.AgentStart, RecordKind.Close, RecordKind.AgentStart, RecordKind.Will], second.View.Seen.Select(seen => seen.Kind));
    }

    /// <summary>A commit takes what there is: of what one record led to, only a part may be in the log.</summary>
    [Fact]
    public void Start_CrashAmidWhatARecordLedTo_AddsTheRestOnce()
    {
        using var first = new SequencerBench();
        first.View.React = (in LogRecord record) =>
        {
            if (record.Kind == RecordKind.Close)
            {
                Inject(first, in record, "1", "2");
            }

            return Refusal.None;
        };
        first.Start();
        SequencerBench.Post(first.OpenLane("a"), "bye", "", qos: 0, RecordKind.Close);
        first.Sequencer.Step();
        first.Log.CommitLanes(all: true);
        first.Log.Dispose();

        var disk = first.Disk;
        for (var starts = 0; starts < 2; starts++)
        {
            using var next = new SequencerBench(disk);
            next.View.React = (in LogRecord record) =>
            {
                if (record.Kind == RecordKind.Close)
                {
                    Inject(next, in record, "1", "2", "3", "4");
                }

                return Refusal.None;
            };
            next.Start();

            Assert.Equal(["1", "2", "3", "4"], next.View.Seen.Where(seen => seen.Kind == RecordKind.Redelivered).Select(seen => seen.Payload));
            next.Log.CommitLanes(all: true);
            next.Log.Dispose();
            disk = next.Disk;
        }

        static void Inject(SequencerBench bench, in LogRecord record, params string[] payloads)
        {
            foreach (var payload in payloads)
            {
                bench.Sequencer.Inject(
                    new Arrival { Kind = RecordKind.Redelivered, Topic = "a/b"u8, Payload = System.Text.Encoding.UTF8.GetBytes(payload) }, record.Connection, record.Client);
            }
        }
    }

    [Fact]
    public void Step_OneConnectionFloods_TheOthersNextRecordComesWithinATurn()
    {
        using var bench = new SequencerBench(options: new SequencerOptions { TurnRecords = 10 });
        bench.Start();
        var flood = bench.OpenLane("flood");
        while (SequencerBench.Post(flood, "flood"))
        {
        }

        var quiet = Enumerable.Range(0, 5).Select(i => bench.OpenLane($"quiet-{i}")).ToList();
        quiet.ForEach(lane => SequencerBench.Post(lane, "quiet"));
        bench.Sequencer.Step();

        Assert.Equal(10, bench.View.Seen.Count(seen => seen.Payload == "flood"));
        Assert.Equal(5, bench.View.Seen.Count(seen => seen.Payload == "quiet"));
    }

    [Fact]
    public async Task Stop_WithItsThread_WritesTheStopRecordAndCompletes()
    {
        using var bench = new SequencerBench(commitThread: true);
        bench.Sequencer.Start([bench.View]);
        SequencerBench.Post(bench.OpenLane(), "1");

        bench.Sequencer.Stop();

        await bench.Sequencer.Completion;
        Assert.Equal([RecordKind.AgentStart, RecordKind.Publish, RecordKind.Stop], Records.ReadAll(bench.Disk).Select(record => record.Kind));
        // The commit thread moves the mark, for which Stop waits, and then tells the owners, for which it need not.
        Assert.True(SpinWait.SpinUntil(() => bench.Owner.Commits == 1, TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task Step_ViewWithoutQuarantineThrows_CompletionFaults()
    {
        using var bench = new SequencerBench(commitThread: true);
        bench.Sequencer.Start([new PlainView((in LogRecord record) => record.Kind == RecordKind.Publish ? throw new InvalidOperationException("bug") : Refusal.None)]);
        SequencerBench.Post(bench.OpenLane(), "1");

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => bench.Sequencer.Completion);

        Assert.Equal("bug", error.Message);
        bench.Sequencer.Stop();
    }

    private static void InjectWillOnClose(SequencerBench bench) => bench.View.React = (in LogRecord record) =>
    {
        if (record.Kind == RecordKind.Close)
        {
            bench.Sequencer.Inject(new Arrival { Kind = RecordKind.Will, Topic = "a/will"u8, Payload = "gone"u8 }, record.Connection, record.Client);
        }

        return Refusal.None;
    };
}
