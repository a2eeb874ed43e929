using FieldNet.Capture.Checkpoints;
using FieldNet.Capture.Log;
using FieldNet.Capture.Sequencing;
using FieldNet.Capture.Tests.Sequencing;
using FieldNet.TestKit.Disk;

namespace FieldNet.Capture.Tests.Checkpoints;

/// <summary>A restart from a checkpoint gives what a restart from the whole log gives.</summary>
public sealed class CheckpointRestartTests(ITestOutputHelper output)
{
    private static readonly SequencerOptions EverySecond = new() { Checkpoints = new CheckpointOptions { Every = TimeSpan.FromSeconds(1) } };

    [Fact]
    public void Start_AfterAnOrderlyEnd_AppliesNothingTwice()
    {
        var (disk, tally) = RunOnce(new SimulatedDisk(), posts: 5);

        using var second = new SequencerBench(disk);
        var view = new TallyView();
        var summary = second.Sequencer.StartWithoutThread([view]);

        Assert.Equal(0, summary.Records);
        Assert.Equal(tally, TallyView.Of(disk, summary.Checkpoint).Tally);
        // Its own start alone came behind.
        Assert.Equal([summary.Checkpoint + 1], view.Applied);
    }

    [Fact]
    public void Start_NewestCheckpointRefused_TakesAnOlderOne()
    {
        var (disk, _) = RunOnce(new SimulatedDisk(), posts: 5);
        var older = new CheckpointFolder(disk).Numbers()[^1];
        RunOnce(disk, posts: 3);
        var torn = disk.List().Single(file => file.Contains($"{new CheckpointFolder(disk).Numbers()[^1]}", StringComparison.Ordinal));
        disk.Put(torn, "torn"u8);

        using var third = new SequencerBench(disk);
        var view = new TallyView();
        var summary = third.Sequencer.StartWithoutThread([view]);

        Assert.Equal(older, summary.Checkpoint);
        third.Finish();
        Assert.Equal(TallyView.Of(disk).Tally, view.Tally);
    }

    [Fact]
    public void Start_OneViewRefusesAll_AllApplyTheWholeLog()
    {
        var (disk, _) = RunOnce(new SimulatedDisk(), posts: 5);

        using var second = new SequencerBench(disk);
        var (willing, refusing) = (new TallyView(), new TallyView { RefusesCheckpoints = true });
        Assert.Equal(0, second.Sequencer.StartWithoutThread([willing, refusing]).Checkpoint);

        Assert.Equal(1, willing.Applied[0]);
        Assert.Equal(willing.Tally, refusing.Tally);
    }

    [Fact]
    public void Start_LogLostItsEnd_ForgetsTheCheckpointsBehindIt()
    {
        var (disk, _) = RunOnce(new SimulatedDisk(), posts: 5);
        var segment = disk.List().Single(file => file.StartsWith("facts-", StringComparison.Ordinal));
        var bytes = disk.Contents(segment);
        disk.Put(segment, bytes.AsSpan(0, bytes.Length - 100));

        using var second = new SequencerBench(disk);
        var view = new TallyView();
        Assert.Equal(0, second.Sequencer.StartWithoutThread([view]).Checkpoint);

        Assert.Equal(0, view.Restored);
        Assert.Empty(new CheckpointFolder(disk).Numbers());
    }

    [Fact]
    public void Start_ADataFolderWithoutAView_TakesNoCheckpoint()
    {
        using (var first = new SequencerBench(commitThread: true))
        {
            first.Start();
            first.Finish();
            Assert.Empty(new CheckpointFolder(first.Disk).Numbers());
        }
    }

    [Fact]
    public void Rebuild_BehindACheckpoint_ReadsOnlyWhatFollowsIt()
    {
        using var bench = new SequencerBench(options: EverySecond, commitThread: true);
        var view = new PoisonableTally();
        bench.Sequencer.StartWithoutThread([view]);
        var lane = bench.OpenLane();
        SequencerBench.Post(lane, "a");
        Pass(bench);
        SpinWait.SpinUntil(() => new CheckpointFolder(bench.Disk).NewestFirst().Any(), TimeSpan.FromSeconds(10));
        var checkpoint = new CheckpointFolder(bench.Disk).Numbers()[^1];

        SequencerBench.Post(lane, "b");
        SequencerBench.Post(lane, "poison");
        SequencerBench.Post(lane, "c");
        bench.Sequencer.Step();

        Assert.Equal(1, view.Rebuilds);
        Assert.True(view.FirstRebuilt > checkpoint, $"{view.FirstRebuilt} behind {checkpoint}");
        Assert.Equal(["a", "b", "c"], view.Letters);
        bench.Finish();
    }

    [Fact]
    public void Start_CrashesAnywhere_SameStateAsTheWholeLog()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var random = new Random(seed);
            var disk = new SimulatedDisk();
            for (var life = 0; life < 5; life++)
            {
                disk = random.Next(2) == 0 ? Live(disk, random).AfterKill() : Live(disk, random).AfterCrash(random);
                using var check = new SequencerBench(disk);
                var view = new TallyView();
                var summary = check.Sequencer.StartWithoutThread([view]);
                output.WriteLine($"seed {seed}, life {life}: checkpoint {summary.Checkpoint}, {summary.Records} records behind it");
                check.Finish();
                Assert.Equal(TallyView.Of(disk).Tally, view.Tally);
                disk = disk.AfterKill();
            }
        }
    }

    private static SimulatedDisk Live(SimulatedDisk disk, Random random)
    {
        using var bench = new SequencerBench(disk, new CaptureLogOptions { SegmentBytes = 4096 }, EverySecond, commitThread: true);
        bench.Sequencer.StartWithoutThread([new TallyView()]);
        var lane = bench.OpenLane();
        for (var step = random.Next(60); step > 0; step--)
        {
            SequencerBench.Post(lane, new string('x', random.Next(300)));
            bench.Time.Advance(TimeSpan.FromMilliseconds(random.Next(400)));
            bench.Sequencer.Step();
            if (random.Next(8) == 0)
            {
                bench.Log.Commit(TimeSpan.FromSeconds(10));
            }
        }

        if (random.Next(3) == 0)
        {
            bench.Finish();
        }

        return disk;
    }

    private static (SimulatedDisk Disk, ulong Tally) RunOnce(SimulatedDisk disk, int posts)
    {
        using var bench = new SequencerBench(disk, commitThread: true);
        var view = new TallyView();
        bench.Sequencer.StartWithoutThread([view]);
        var lane = bench.OpenLane();
        for (var i = 0; i < posts; i++)
        {
            SequencerBench.Post(lane, $"{i}");
        }

        bench.Finish();
        return (disk, view.Tally);
    }

    private static void Pass(SequencerBench bench)
    {
        bench.Sequencer.Step();
        bench.Time.Advance(TimeSpan.FromSeconds(2));
        bench.Sequencer.Step();
    }
}
