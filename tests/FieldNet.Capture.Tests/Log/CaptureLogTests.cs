using FieldNet.Capture.Log;
using FieldNet.Telemetry.Records;
using FieldNet.Telemetry.Topics;
using FieldNet.TestKit.Disk;

namespace FieldNet.Capture.Tests.Log;

public sealed class CaptureLogTests
{
    private readonly SimulatedDisk _disk = new();
    private readonly TopicTable _topics = new();

    [Fact]
    public void CommitLanes_OneLaneHasData_LiftsTheIdleLanesMark()
    {
        using var log = OpenWithoutThread();

        log.Append(Records.Make(1, 1, 10), LogLane.Facts, _topics);
        Assert.Equal(0, log.CommittedThrough(LogLane.Facts));
        log.CommitLanes(all: true);

        Assert.Equal(1, log.CommittedThrough(LogLane.Facts));
        Assert.Equal(1, log.CommittedThrough(LogLane.Waves));
    }

    [Fact]
    public void CommitLanes_OwnerAwaitsSeveralRecords_IsToldOnceAGroup()
    {
        using var log = OpenWithoutThread();
        var owner = new HeardOwner();

        for (var number = 1; number <= 5; number++)
        {
            log.Append(Records.Make(number, 1, 10), LogLane.Facts, _topics);
            log.Await(LogLane.Facts, owner);
        }

        Assert.Equal(0, owner.Commits);
        log.CommitLanes(all: true);

        Assert.Equal(1, owner.Commits);
    }

    [Fact]
    public void CommitLanes_MoreThanOneCommitTakes_MovesTheMarkPieceByPiece()
    {
        using var log = CaptureLog.OpenWithoutThread(_disk, new CaptureLogOptions { CommitEvery = TimeSpan.Zero, CommitBytes = 300_000 });
        var owner = new HeardOwner();
        for (var number = 1; number <= 3; number++)
        {
            // Two of them don't fit one chunk.
            log.Append(Records.Make(number, 1, 200_000), LogLane.Waves, _topics);
        }

        log.Await(LogLane.Waves, owner);
        log.CommitLanes(all: false);
        Assert.Equal(2, log.CommittedThrough(LogLane.Waves));

        log.CommitLanes(all: false);
        Assert.Equal(3, log.CommittedThrough(LogLane.Waves));
        Assert.Equal(0, log.Health.PendingBytes);
        Assert.Equal(2, owner.Commits);
        Assert.Equal(3, Records.ReadAll(_disk.AfterCrash(new Random(1))).Count);
    }

    [Fact]
    public void CommitLanes_SyncFails_AcknowledgesNothingAndWritesANewSegment()
    {
        using var log = OpenWithoutThread();
        var owner = new HeardOwner();
        log.Append(Records.Make(1, 1, 10), LogLane.Facts, _topics);
        log.CommitLanes(all: true);

        var failing = true;
        _disk.FailWhen = operation => operation == "sync" && failing;
        log.Append(Records.Make(2, 1, 10), LogLane.Facts, _topics);
        log.Await(LogLane.Facts, owner);
        log.CommitLanes(all: true);

        Assert.Equal(1, log.CommittedThrough(LogLane.Facts));
        Assert.Equal(0, owner.Commits);
        Assert.Equal(CaptureFault.DiskError, log.Health.Fault);
        Assert.True(log.Health.PendingBytes > 0);

        failing = false;
        log.CommitLanes(all: true);

        Assert.Equal(2, log.CommittedThrough(LogLane.Facts));
        Assert.Equal(1, owner.Commits);
        Assert.Equal(CaptureFault.None, log.Health.Fault);
        Assert.Equal(0, log.Health.PendingBytes);
        Assert.Equal(["facts-00000001.seg", "facts-00000002.seg"], _disk.List().Order(StringComparer.Ordinal));
        Assert.Equal([1L, 2L], Records.ReadAll(_disk).Select(record => record.Number));
    }

    [Fact]
    public void CommitLanes_DiskFull_KeepsTryingAndLeavesNoRubbish()
    {
        using var log = OpenWithoutThread();
        _disk.Capacity = 3000;
        for (var number = 1; number <= 10; number++)
        {
            log.Append(Records.Make(number, 1, 500), LogLane.Waves, _topics);
        }

        log.CommitLanes(all: true);
        log.CommitLanes(all: true);

        Assert.Equal(CaptureFault.DiskFull, log.Health.Fault);
        Assert.Equal(2, log.Health.Failures);
        Assert.Empty(_disk.List());

        _disk.Capacity = long.MaxValue;
        log.CommitLanes(all: true);

        Assert.Equal(CaptureFault.None, log.Health.Fault);
        Assert.Equal(10, Records.ReadAll(_disk).Count);
    }

    [Fact]
    public void HasRoom_WavesFillTheirShare_FactsStillFit()
    {
        using var log = CaptureLog.OpenWithoutThread(_disk, new CaptureLogOptions { BufferBytes = 100_000 });
        var number = 0;
        while (log.HasRoom(LogLane.Waves, 1000))
        {
            log.Append(Records.Make(++number, 1, 1000), LogLane.Waves, _topics);
        }

        Assert.InRange(log.Health.PendingBytes, 70_000, 76_000);
        Assert.True(log.HasRoom(LogLane.Facts, 20_000));

        log.CommitLanes(all: true);
        Assert.True(log.HasRoom(LogLane.Waves, 1000));
    }

    [Fact]
    public void Append_PastTheSegmentSize_RollsAndReadsOn()
    {
        using (var log = CaptureLog.OpenWithoutThread(_disk, new CaptureLogOptions { SegmentBytes = 8192 }))
        {
            for (var number = 1; number <= 200; number++)
            {
                log.Append(Records.Make(number, 1, 300), (LogLane)(number % 3 / 2), _topics);
                if (number % 50 == 0)
                {
                    log.CommitLanes(all: true);
                }
            }
        }

        Assert.True(_disk.List().Count > 8);
        Assert.All(_disk.List(), name => Assert.InRange(_disk.Contents(name).Length, 1024, 8192 + 2048));
        Assert.Equal(Enumerable.Range(1, 200).Select(number => Records.Make(number, 1, 300)), Records.ReadAll(_disk));
        Assert.Equal(Enumerable.Range(150, 51).Select(number => (long)number), Records.ReadAll(_disk, from: 150).Select(record => record.Number));
    }

    [Fact]
    public void Open_AfterAnotherRun_GoesOnBehindItsLastRecord()
    {
        using (var log = OpenWithoutThread())
        {
            log.Append(Records.Make(1, 1, 10), LogLane.Facts, _topics);
            log.Append(Records.Make(2, 1, 10) with { Kind = RecordKind.Stop }, LogLane.Facts, _topics);
            log.CommitLanes(all: true);
        }

        using var again = OpenWithoutThread();

        Assert.Equal(new LogRecovery(2, 2_000_000, LastStart: 1, Clean: true, TornBytes: 0, Corrupt: 0), again.Recovered);
        Assert.Equal(2, again.CommittedThrough(LogLane.Waves));
    }

    [Fact]
    public void Commit_WithItsThread_ReturnsOnceEverythingIsDurable()
    {
        using var log = CaptureLog.Open(_disk, new CaptureLogOptions { CommitEvery = TimeSpan.FromHours(1) });
        log.Append(Records.Make(1, 1, 10), LogLane.Waves, _topics);

        Assert.True(log.Commit(TimeSpan.FromSeconds(30)));

        Assert.Equal(1, log.CommittedThrough(LogLane.Waves));
        Assert.Single(Records.ReadAll(_disk.AfterCrash(new Random(1))));
    }

    [Fact]
    public void Await_WithItsThread_CommitsLongBeforeTheUsualTime()
    {
        using var log = CaptureLog.Open(_disk, new CaptureLogOptions { CommitEvery = TimeSpan.FromHours(1) });
        var owner = new HeardOwner();
        log.Append(Records.Make(1, 1, 10), LogLane.Facts, _topics);
        log.Await(LogLane.Facts, owner);

        Assert.True(SpinWait.SpinUntil(() => owner.Commits == 1, TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public void Await_EnoughAcknowledgementsWait_EndsTheGathering()
    {
        using var log = CaptureLog.Open(_disk, new CaptureLogOptions { CommitEvery = TimeSpan.FromHours(1), Gather = TimeSpan.FromHours(1), GatherCount = 3 });
        var owner = new HeardOwner();
        for (var number = 1; number <= 3; number++)
        {
            Assert.Equal(0, owner.Commits);
            log.Append(Records.Make(number, 1, 10), LogLane.Facts, _topics);
            log.Await(LogLane.Facts, owner);
        }

        Assert.True(SpinWait.SpinUntil(() => owner.Commits == 1, TimeSpan.FromSeconds(30)));
        Assert.Equal(3, log.CommittedThrough(LogLane.Facts));
    }

    [Fact]
    public void Append_AShareOfTheBufferIsFull_CommitsLongBeforeTheUsualTime()
    {
        using var log = CaptureLog.Open(_disk, new CaptureLogOptions { CommitEvery = TimeSpan.FromHours(1), BufferBytes = 320_000 });
        for (var number = 1; number <= 20; number++)
        {
            log.Append(Records.Make(number, 1, 1000), LogLane.Waves, _topics);
        }

        Assert.True(SpinWait.SpinUntil(() => log.CommittedThrough(LogLane.Waves) > 0, TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public void Dispose_WithItsThread_CommitsWhatIsLeft()
    {
        using (var log = CaptureLog.Open(_disk, new CaptureLogOptions { CommitEvery = TimeSpan.FromHours(1) }))
        {
            log.Append(Records.Make(1, 1, 10), LogLane.Facts, _topics);
        }

        Assert.Single(Records.ReadAll(_disk));
    }

    [Fact]
    public void Dispose_DiskFails_Ends()
    {
        var log = CaptureLog.Open(_disk, new CaptureLogOptions());
        _disk.FailWhen = _ => true;
        log.Append(Records.Make(1, 1, 10), LogLane.Facts, _topics);

        log.Dispose();

        Assert.Equal(0, log.CommittedThrough(LogLane.Facts));
    }

    [Fact]
    public void Append_BetweenCommits_AllocatesNothing()
    {
        using var log = OpenWithoutThread();
        var payload = new byte[200];
        var topic = _topics.Intern("a/b"u8);
        long number = 0;
        for (var round = 0; round < 3; round++)
        {
            AppendMany();
            log.CommitLanes(all: true);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        AppendMany();

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void AppendMany()
        {
            for (var i = 0; i < 5000; i++)
            {
                log.Append(new LogRecord { Number = ++number, Kind = RecordKind.Publish, Client = "c", Topic = topic, Payload = payload }, LogLane.Facts);
            }
        }
    }

    private CaptureLog OpenWithoutThread() => CaptureLog.OpenWithoutThread(_disk, new CaptureLogOptions());
}
