using System.Text.Json;
using FieldNet.Capture.Log;
using FieldNet.Capture.Tests.Log;
using FieldNet.Telemetry;
using FieldNet.Telemetry.Records;
using FieldNet.TestKit.Disk;

namespace FieldNet.Capture.Tests.Sequencing;

/// <summary>What becomes of arrivals while the disk is full: shown, told, or left waiting, and never acknowledged without being kept.</summary>
public sealed class DiskFullTests : IDisposable
{
    private const int Capacity = 100_000;

    private readonly SequencerBench _bench = new(
        new SimulatedDisk { Capacity = Capacity }, new CaptureLogOptions { BallastBytes = 20_000, ReserveBytes = 10_000, SegmentBytes = 8192, MaxBytes = 10_000_000 });

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Step_Refusing_SenderThatCanBeToldIsShownAndNotLogged()
    {
        Fill(DiskStep.Refusing);
        _bench.Owner.MaySheds = true;
        var lane = _bench.OpenLane();
        SequencerBench.Post(lane, "one");
        _bench.Sequencer.Step();

        var (number, why) = Assert.Single(_bench.Owner.Sheds);
        Assert.Equal(Refusal.DiskFull, why);
        var seen = Assert.Single(_bench.View.Seen, seen => seen.Number == number);
        Assert.Equal(RecordKind.Publish, seen.Kind);
        Assert.Equal(1, _bench.Sequencer.Shed);
        Assert.Equal(1, _bench.Sequencer.Refusals[Refusal.DiskFull]);

        Assert.Equal(DiskStep.Room, Free());
        SequencerBench.Post(lane, "two");
        _bench.Sequencer.Step();
        _bench.Finish();

        Assert.DoesNotContain(Records.ReadAll(_bench.Disk), record => record.Number == number);
        Assert.Contains(Records.ReadAll(_bench.Disk), record => record.Payload == Convert.ToHexString("two"u8));
        var span = Assert.Single(Records.ReadAll(_bench.Disk), record => record.Kind == RecordKind.Shed);
        using var json = JsonDocument.Parse(Convert.FromHexString(span.Payload));
        Assert.Equal((number, 1), (json.RootElement.GetProperty("from").GetInt64(), json.RootElement.GetProperty("count").GetInt64()));
    }

    [Fact]
    public void Step_Refusing_SenderThatCannotBeToldWaitsAndIsTakenInOrder()
    {
        Fill(DiskStep.Refusing);
        var lane = _bench.OpenLane();
        foreach (var payload in (string[])["one", "two"])
        {
            SequencerBench.Post(lane, payload);
        }

        _bench.Sequencer.Step();
        Assert.Empty(_bench.Owner.Heard);
        Assert.DoesNotContain(_bench.View.Seen, seen => seen.Kind == RecordKind.Publish);

        Free();
        _bench.Sequencer.Step();
        _bench.Finish();

        Assert.Equal(2, _bench.Owner.Heard.Count);
        Assert.Equal(0, _bench.Sequencer.Shed);
        Assert.Equal(["one", "two"], Published());
    }

    [Theory]
    [InlineData(DiskStep.Ballast)]
    [InlineData(DiskStep.Refusing)]
    public void Step_BallastReleased_WavesMakeWayForVitals(DiskStep step)
    {
        Fill(step);
        _bench.Owner.MaySheds = true;
        var lane = _bench.OpenLane();
        SequencerBench.Post(lane, "told", Records.Wave);
        SequencerBench.Post(lane, "shown", Records.Wave, qos: 0);
        SequencerBench.Post(lane, "vitals");
        _bench.Sequencer.Step();

        Assert.Equal(3, _bench.View.Seen.Count(seen => seen.Kind == RecordKind.Publish));
        Assert.Equal(step == DiskStep.Ballast ? 1 : 2, _bench.Owner.Sheds.Count);
        Assert.Equal(step == DiskStep.Ballast ? 2 : 3, _bench.Sequencer.Shed);
        _bench.Log.CommitLanes(all: true);
        Assert.Equal(step == DiskStep.Ballast ? ["vitals"] : [], Published());
    }

    [Fact]
    public void Step_Refusing_AtQos2Waits()
    {
        Fill(DiskStep.Refusing);
        _bench.Owner.MaySheds = true;
        SequencerBench.Post(_bench.OpenLane(), "one", qos: 2);
        _bench.Sequencer.Step();

        Assert.Empty(_bench.Owner.Heard);
        Assert.Empty(_bench.Owner.Sheds);
    }

    [Fact]
    public void Step_StepsTaken_AreRecordsWithinASecond()
    {
        Fill(DiskStep.Refusing);
        _bench.Time.Advance(TimeSpan.FromSeconds(1));
        _bench.Sequencer.Step();

        Assert.Equal(2, _bench.View.Seen.Count(seen => seen.Kind == RecordKind.Disk));
    }

    /// <summary>Someone else takes the disk until the log has come to that step.</summary>
    private void Fill(DiskStep until)
    {
        _bench.Start();
        _bench.Log.CommitLanes(all: true);
        _bench.Log.Upkeep.Sweep();
        for (var sweep = 0; _bench.Log.Upkeep.Step != until; sweep++)
        {
            Assert.True(sweep < 10);
            _bench.Disk.Others = 0;
            _bench.Disk.Others = Capacity - _bench.Disk.Space.UsedBytes - 5000;
            _bench.Log.Upkeep.Sweep();
        }
    }

    private DiskStep Free()
    {
        _bench.Disk.Others = 0;
        _bench.Log.Upkeep.Sweep();
        return _bench.Log.Upkeep.Step;
    }

    private List<string> Published() =>
    [
        .. Records.ReadAll(_bench.Disk).Where(record => record.Kind == RecordKind.Publish)
            .Select(record => System.Text.Encoding.UTF8.GetString(Convert.FromHexString(record.Payload))),
    ];
}
