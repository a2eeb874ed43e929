using FieldNet.Telemetry.Records;

namespace FieldNet.Capture.Tests.Sequencing;

public sealed class TimeKeeperTests : IDisposable
{
    private readonly SequencerBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Step_Silence_TicksOnceASecond()
    {
        _bench.Start();

        for (var i = 0; i < 50; i++)
        {
            _bench.Time.Advance(TimeSpan.FromMilliseconds(100));
            _bench.Sequencer.Step();
        }

        Assert.Equal(5, _bench.View.Seen.Count(seen => seen.Kind == RecordKind.Tick));
    }

    [Fact]
    public void Step_DeadlinePassesInSilence_OneTickAtOnce()
    {
        _bench.Start();
        var deadline = _bench.Sequencer.Clock.NowUs + 300_000;
        _bench.View.NextDeadlineUs = deadline;

        _bench.Time.Advance(TimeSpan.FromMilliseconds(299));
        _bench.Sequencer.Step();
        Assert.DoesNotContain(_bench.View.Seen, seen => seen.Kind == RecordKind.Tick);

        _bench.Time.Advance(TimeSpan.FromMilliseconds(2));
        _bench.Sequencer.Step();
        _bench.Sequencer.Step();
        _bench.Sequencer.Step();

        Assert.Single(_bench.View.Seen, seen => seen.Kind == RecordKind.Tick);
        Assert.True(_bench.View.LogTimes[^1] >= deadline);
    }

    [Fact]
    public void Step_RecordMovesTimePastTheDeadline_NoTick()
    {
        _bench.Start();
        _bench.View.NextDeadlineUs = _bench.Sequencer.Clock.NowUs + 300_000;

        _bench.Time.Advance(TimeSpan.FromMilliseconds(400));
        SequencerBench.Post(_bench.OpenLane(), "1");
        _bench.Sequencer.Step();

        Assert.DoesNotContain(_bench.View.Seen, seen => seen.Kind == RecordKind.Tick);
    }

    [Fact]
    public void Step_Silence_StillEndsBatches()
    {
        _bench.Start();
        _bench.Sequencer.Step();
        var before = _bench.View.BatchEnds;

        for (var i = 0; i < 10; i++)
        {
            _bench.Time.Advance(TimeSpan.FromMilliseconds(100));
            _bench.Sequencer.Step();
        }

        Assert.Equal(10, _bench.View.BatchEnds - before);
    }

    [Theory]
    [InlineData(0.9, 0)]
    [InlineData(1.5, 1)]
    [InlineData(-30, 1)]
    public void Step_WallClockSteps_IsARecordPastOneSecond(double seconds, int records)
    {
        _bench.Start();
        _bench.Sequencer.Step();

        _bench.Time.StepWall(TimeSpan.FromSeconds(seconds));
        for (var i = 0; i < 30; i++)
        {
            _bench.Time.Advance(TimeSpan.FromMilliseconds(100));
            _bench.Sequencer.Step();
        }

        var changes = _bench.View.Seen.Where(seen => seen.Kind == RecordKind.Clock).ToList();
        Assert.Equal(records, changes.Count);
        Assert.All(changes, change => Assert.Contains($"\"what\":\"step\",\"step_us\":{(long)(seconds * 1_000_000)}", change.Payload, StringComparison.Ordinal));
        Assert.Equal(_bench.View.LogTimes.Order(), _bench.View.LogTimes);
    }

    [Fact]
    public void Step_TheThreadWasAway_SaysSoBeforeAnythingThatWaited()
    {
        _bench.Start();
        _bench.Sequencer.Step();
        SequencerBench.Post(_bench.OpenLane(), "waited");

        _bench.Time.Advance(TimeSpan.FromSeconds(3));
        _bench.Sequencer.Step();

        Assert.Equal([RecordKind.AgentStart, RecordKind.Clock, RecordKind.Publish], _bench.View.Seen.Select(seen => seen.Kind));
        Assert.Equal("{\"what\":\"stall\",\"stalled_us\":3000000}", _bench.View.Seen[1].Payload);
    }

    [Fact]
    public void Step_MachineSlept_IsARecord()
    {
        _bench.Start();

        _bench.HostClocks.SuspendedUs += 60_000_000;
        _bench.Time.StepWall(TimeSpan.FromMinutes(1));
        _bench.Time.Advance(TimeSpan.FromSeconds(1.1));
        _bench.Sequencer.Step();

        var change = Assert.Single(_bench.View.Seen, seen => seen.Kind == RecordKind.Clock);
        Assert.Contains("\"what\":\"suspend\",\"step_us\":60000000,\"suspended_us\":60000000", change.Payload, StringComparison.Ordinal);
    }

    [Fact]
    public void Step_WallClockStepsAndTheClocksWereReadApart_NoSuspend()
    {
        _bench.Start();

        _bench.HostClocks.SuspendedUs += 7;
        _bench.Time.StepWall(TimeSpan.FromMinutes(1));
        _bench.Time.Advance(TimeSpan.FromSeconds(1.1));
        _bench.Sequencer.Step();

        var change = Assert.Single(_bench.View.Seen, seen => seen.Kind == RecordKind.Clock);
        Assert.Contains("\"what\":\"step\",\"step_us\":60000000,\"suspended_us\":0", change.Payload, StringComparison.Ordinal);
    }
}
