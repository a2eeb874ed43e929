using System.Text.Json;
using FieldNet.Capture.Checkpoints;
using FieldNet.Capture.Log;
using FieldNet.Telemetry.Records;
using FieldNet.Telemetry.Topics;
using FieldNet.TestKit.Disk;

namespace FieldNet.Capture.Tests.Log;

/// <summary>Retention, cursors and the steps of a disk that fills, sweep by sweep.</summary>
public sealed class LogUpkeepTests : IDisposable
{
    private const int SegmentBytes = 16 * 1024;
    private const int PayloadBytes = 936;

    /// <summary>Record N has the log time N s.</summary>
    private static readonly CaptureLogOptions Options = new() { SegmentBytes = SegmentBytes, MaxBytes = 100_000_000, ReserveBytes = 20_000 };

    private readonly SimulatedDisk _disk = new();
    private readonly TopicTable _topics = new();
    private CaptureLog? _log;
    private long _number;

    private IEnumerable<long> Numbers => Records.ReadAll(_disk).Select(record => record.Number);

    public void Dispose() => _log?.Dispose();

    [Fact]
    public void Sweep_PastTheirAge_DeletesWholeSegmentsOfEachLane()
    {
        Open(Options with { KeepWaves = TimeSpan.FromSeconds(60), KeepFacts = TimeSpan.FromSeconds(120) });
        Checkpoints(350, 400);
        Fill(400);
        _log!.Upkeep.Sweep();

        var (facts, waves) = (Kept(LogLane.Facts), Kept(LogLane.Waves));
        // All that is younger is there; what is older goes by whole segments.
        Assert.InRange(facts[0], 400 - 120 - 40, 400 - 120);
        Assert.InRange(waves[0], 400 - 60 - 40, 400 - 60);
        Assert.Equal(400, Numbers.Last());
        Assert.Equal(DiskStep.Room, _log.Upkeep.Step);
    }

    [Fact]
    public void Sweep_ACopyOnADiskThatIsNearlyFull_LosesNothing()
    {
        Open(CaptureLogOptions.KeepEverything with { SegmentBytes = SegmentBytes });
        Fill(400);
        _disk.Capacity = _disk.Space.UsedBytes + 5_000;
        _log!.Upkeep.Sweep();

        Assert.Equal(400, Numbers.Count());
        Assert.Equal((null, null), (CaptureLogOptions.KeepEverything.KeepWaves, CaptureLogOptions.KeepEverything.KeepFacts));
    }

    [Fact]
    public void Sweep_NoCheckpoint_KeepsFactsAndStillDropsWaves()
    {
        Open(Options with { KeepWaves = TimeSpan.FromSeconds(60), KeepFacts = TimeSpan.FromSeconds(60) });
        Fill(400);
        _log!.Upkeep.Sweep();

        Assert.Equal(2, Kept(LogLane.Facts)[0]);
        Assert.True(Kept(LogLane.Waves)[0] > 300);

        // A start may have to fall back on the one before the newest, and a torn one is none.
        Checkpoints(200, 380);
        _disk.Put("checkpoint-0000000000000000390.state", "FNETCKP"u8);
        _log.Upkeep.Sweep();

        Assert.InRange(Kept(LogLane.Facts)[0], 160, 201);
    }

    [Fact]
    public void Sweep_OverTheBudget_WavesGoFirstThenFactsUpToTheCheckpoint()
    {
        Open(Options with { MaxBytes = 200_000, KeepWaves = null, KeepFacts = null });
        Checkpoints(120, 390);
        Fill(400);
        _log!.Upkeep.Sweep();

        // 400 KB: all complete segments of waves do not make room enough.
        Assert.True(Kept(LogLane.Waves)[0] > 370);
        Assert.InRange(Kept(LogLane.Facts)[0], 80, 121);
        Assert.Equal(DiskStep.Evicting, _log.Upkeep.Step);
    }

    [Fact]
    public void Sweep_CursorBehind_HoldsWhatItHasNotReadUntilItAdvances()
    {
        Open(Options with { KeepWaves = TimeSpan.FromSeconds(10), KeepFacts = TimeSpan.FromSeconds(10) });
        Checkpoints(399, 400);
        var cursor = _log!.Cursors.Open("trends");
        cursor.Advance(150);
        Fill(400);
        _log.Upkeep.Sweep();

        Assert.InRange(Kept(LogLane.Facts)[0], 110, 151);
        Assert.InRange(Kept(LogLane.Waves)[0], 110, 151);

        cursor.Advance(400);
        _log.Upkeep.Sweep();

        Assert.True(Kept(LogLane.Facts)[0] > 350);
        Assert.False(_log.Upkeep.TryTakeNotice(out _));
    }

    [Fact]
    public void Sweep_CursorBehindByHalfTheBudget_IsCutOnceAndHoldsNothing()
    {
        Open(Options with { MaxBytes = 300_000, KeepWaves = TimeSpan.FromSeconds(10) });
        var cursor = _log!.Cursors.Open("influx");
        cursor.Advance(20);
        Fill(250);
        _log.Upkeep.Sweep();
        _log.Upkeep.Sweep();

        Assert.Equal(250, cursor.CutAt);
        Assert.True(Kept(LogLane.Waves)[0] > 200);
        Assert.True(_log.Upkeep.TryTakeNotice(out var notice));
        Assert.Equal(RecordKind.CursorCut, notice.Kind);
        using var json = JsonDocument.Parse(notice.Payload);
        Assert.Equal(("influx", 21, 250), (json.RootElement.GetProperty("cursor").GetString(), json.RootElement.GetProperty("from").GetInt64(), json.RootElement.GetProperty("through").GetInt64()));
        Assert.False(_log.Upkeep.TryTakeNotice(out notice) && notice.Kind == RecordKind.CursorCut);

        cursor.Advance(250);
        Assert.Equal(0, cursor.CutAt);
    }

    [Fact]
    public void Sweep_WhileSegmentsGrow_CountsTheirBytesAsTheyAre()
    {
        Open(Options with { MaxBytes = 200_000, KeepWaves = null });
        for (var sweep = 0; sweep < 100; sweep++)
        {
            Fill(5, LogLane.Waves, commitEvery: 5);
            _log!.Upkeep.Sweep();

            Assert.Equal(_disk.List().Sum(_disk.LengthOf), _log.Upkeep.Bytes);
            Assert.InRange(_log.Upkeep.Bytes, 0, 200_000);
        }

        // Once it has had to evict, the alarm stands: it does not end and begin with each segment.
        Assert.Equal(["evicting"], Steps());
    }

    [Fact]
    public void Sweep_ReaderHasTheSegmentOpen_ReadsItToItsEndAndGoesOn()
    {
        Open(Options with { KeepWaves = TimeSpan.FromSeconds(1), KeepFacts = null });
        Fill(400);
        using var reader = new LogReader(_disk, new TopicTable());
        Assert.True(reader.TryRead(out var record));
        _log!.Upkeep.Sweep();

        var last = record.Number;
        while (reader.TryRead(out record))
        {
            Assert.True(record.Number > last);
            last = record.Number;
        }

        Assert.Equal(400, last);
    }

    [Fact]
    public void Sweep_DiskFillsStepByStep_EvictsReleasesTheBallastRefusesAndComesBack()
    {
        _disk.Capacity = 1_000_000;
        Open(Options with { BallastBytes = 200_000, KeepWaves = null });
        Fill(200);
        Sweep();
        Assert.Contains(Ballast.Name, _disk.List());
        Assert.Equal(200_000, _disk.Contents(Ballast.Name).Length);

        // Someone else fills the disk over 90 %: the oldest waveforms go.
        LeaveFree(60_000);
        Assert.Equal(DiskStep.Evicting, Sweep());
        Assert.InRange(Kept(LogLane.Waves)[0], 30, 150);
        Assert.Equal(2, Kept(LogLane.Facts)[0]);
        Assert.True(Keeps(LogLane.Facts) && Keeps(LogLane.Waves));

        // In the end there are no more waveforms to give: the ballast is for vitals and alarms alone.
        for (var sweep = 0; sweep < 10 && _log!.Upkeep.Step == DiskStep.Evicting; sweep++)
        {
            LeaveFree(15_000);
            Sweep();
        }

        Assert.Equal(DiskStep.Ballast, _log!.Upkeep.Step);
        Assert.True(Kept(LogLane.Waves)[0] > 180);
        Assert.DoesNotContain(Ballast.Name, _disk.List());
        Assert.True(Keeps(LogLane.Facts));
        Assert.False(Keeps(LogLane.Waves));

        LeaveFree(15_000);
        Assert.Equal(DiskStep.Refusing, Sweep());
        Assert.False(Keeps(LogLane.Facts));

        // Room for the agent's own words, not for the ballast.
        LeaveFree(60_000);
        Assert.Equal(DiskStep.Ballast, Sweep());
        _disk.Others = 0;
        Assert.Equal(DiskStep.Room, Sweep());
        Assert.Contains(Ballast.Name, _disk.List());

        Assert.Equal(["evicting", "ballast", "refusing", "ballast", "room"], Steps());
    }

    [Fact]
    public void Sweep_CommitFoundNoRoom_MakesRoomAndTheCommitGoesThrough()
    {
        _disk.Capacity = 400_000;
        Open(Options with { BallastBytes = 100_000, KeepWaves = null, ReserveBytes = 4096 });
        Sweep();
        var owner = new HeardOwner();
        Fill(300, LogLane.Facts, commitEvery: 300);
        Sweep();
        Assert.Equal(CaptureFault.DiskFull, _log!.Health.Fault);
        Assert.False(_log.IsFull(LogLane.Facts));

        _log.Await(LogLane.Facts, owner);
        _log.CommitLanes(all: true);
        Assert.Equal(CaptureFault.None, _log.Health.Fault);
        Assert.Equal(1, owner.Commits);
        Assert.Equal(300, Numbers.Count());
    }

    [Fact]
    public void IsFull_NoRoomAnywhere_OwnersAreToldThoughNothingIsCommitted()
    {
        _disk.Capacity = 10_000;
        Open(Options with { ReserveBytes = 4096 });
        var owner = new HeardOwner();
        Fill(100, LogLane.Facts, commitEvery: 100);
        _log!.Upkeep.Sweep();
        Assert.True(_log.IsFull(LogLane.Facts));

        _log.Await(LogLane.Facts, owner);
        _log.CommitLanes(all: true);
        Assert.Equal(1, owner.Commits);
        Assert.Equal(0, _log.CommittedThrough(LogLane.Facts));

        _disk.Capacity = long.MaxValue;
        _log.CommitLanes(all: true);
        Assert.Equal(2, owner.Commits);
        Assert.Equal(100, _log.CommittedThrough(LogLane.Facts));
    }

    [Fact]
    public void Open_BallastOfAnEarlierRun_IsTakenOverOrMadeAnew()
    {
        _disk.Capacity = 1_000_000;
        Open(Options with { BallastBytes = 200_000 });
        Sweep();
        _log!.Dispose();

        var operations = _disk.Operations;
        Open(Options with { BallastBytes = 200_000 });
        Sweep();
        Assert.Equal(200_000, _disk.Contents(Ballast.Name).Length);
        _log!.Dispose();

        Open(Options with { BallastBytes = 300_000 });
        Sweep();
        Assert.Equal(300_000, _disk.Contents(Ballast.Name).Length);
        Assert.True(_disk.Operations > operations);
    }

    private void Open(CaptureLogOptions options) => _log = CaptureLog.OpenWithoutThread(_disk, options);

    private void Checkpoints(params long[] numbers)
    {
        foreach (var number in numbers)
        {
            new CheckpointFolder(_disk).Write(new Checkpoint(number, number * 1_000_000, "test", new Dictionary<string, byte[]>()));
        }
    }

    private bool Keeps(LogLane lane) => _log!.Upkeep.Keeps(lane);

    private void LeaveFree(long bytes)
    {
        _disk.Others = 0;
        _disk.Others = _disk.Capacity - _disk.Space.UsedBytes - bytes;
    }

    private DiskStep Sweep()
    {
        _log!.Upkeep.Sweep();
        return _log.Upkeep.Step;
    }

    /// <summary>Records of 1 KB, the lanes in turn.</summary>
    private void Fill(int count, LogLane? only = null, int commitEvery = 10)
    {
        var log = _log!;
        for (var i = 1; i <= count; i++)
        {
            _number++;
            log.Append(Records.Make(_number, 1, PayloadBytes), only ?? (LogLane)(_number % 2), _topics);
            if (i % commitEvery == 0)
            {
                log.CommitLanes(all: true);
            }
        }
    }

    private List<long> Kept(LogLane lane)
    {
        using var reader = new LogReader(_disk, new TopicTable(), from: 1, [lane]);
        var numbers = new List<long>();
        while (reader.TryRead(out var record))
        {
            numbers.Add(record.Number);
        }

        return numbers;
    }

    private List<string?> Steps()
    {
        var steps = new List<string?>();
        while (_log!.Upkeep.TryTakeNotice(out var notice))
        {
            using var json = JsonDocument.Parse(notice.Payload);
            steps.Add(json.RootElement.GetProperty("step").GetString());
        }

        return steps;
    }
}
