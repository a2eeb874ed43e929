using FieldNet.Capture.Log;
using FieldNet.Telemetry.Records;
using FieldNet.Telemetry.Topics;
using FieldNet.TestKit.Disk;

namespace FieldNet.Capture.Tests.Log;

public sealed class LogReaderTests
{
    private readonly SimulatedDisk _disk = new();
    private readonly TopicTable _topics = new();

    [Fact]
    public void TryRead_FollowingARunningLogByItsMarks_GivesEachRecordOnceInOrder()
    {
        const int Seed = 11;
        var random = new Random(Seed);
        using var log = CaptureLog.OpenWithoutThread(_disk, new CaptureLogOptions { SegmentBytes = 4096 });
        using var reader = new LogReader(_disk, new TopicTable()) { Limit = 0 };
        var read = new List<long>();
        var failing = false;
        _disk.FailWhen = operation => operation == "sync" && failing;

        for (var number = 1; number <= 600; number++)
        {
            log.Append(Records.Make(number, Seed, random.Next(200)), (LogLane)random.Next(2), _topics);
            if (random.Next(5) == 0)
            {
                failing = random.Next(3) == 0;
                log.CommitLanes(all: true);
            }

            if (random.Next(5) == 0)
            {
                Follow();
            }
        }

        failing = false;
        log.CommitLanes(all: true);
        Follow();

        Assert.Equal(Enumerable.Range(1, 600).Select(number => (long)number), read);
        Assert.Equal(0, reader.Damage.Missing);

        void Follow()
        {
            reader.Limit = Math.Min(log.CommittedThrough(LogLane.Facts), log.CommittedThrough(LogLane.Waves));
            while (reader.TryRead(out var record))
            {
                read.Add(record.Number);
            }
        }
    }

    [Fact]
    public void TryRead_SegmentThatRetentionTookSinceItWasListed_GoesOnWithTheNext()
    {
        using var log = CaptureLog.OpenWithoutThread(_disk, new CaptureLogOptions { SegmentBytes = 4096 });
        for (var number = 1; number <= 100; number++)
        {
            log.Append(Records.Make(number, seed: 3, payloadBytes: 200), LogLane.Facts, _topics);
        }

        log.CommitLanes(all: true);
        using var reader = new LogReader(new StaleListing(_disk), new TopicTable());
        Assert.True(reader.TryPeek(out _));
        _disk.Delete("facts-00000002.seg");

        var read = new List<long>();
        while (reader.TryRead(out var record))
        {
            read.Add(record.Number);
        }

        Assert.Equal((1, 100), (read[0], read[^1]));
        Assert.InRange(read.Count, 50, 99);
    }

    [Fact]
    public void TryRead_TopicsPastTheTablesCapacity_ComeBackByName()
    {
        using var log = CaptureLog.OpenWithoutThread(_disk, new CaptureLogOptions());
        var few = new TopicTable(capacity: 1);
        var written = Enumerable.Range(1, 20).Select(number => Records.Make(number, 4, 8)).ToList();
        written.ForEach(copy => log.Append(copy, LogLane.Facts, few));
        log.CommitLanes(all: true);

        Assert.Equal(written, Records.ReadAll(_disk));
    }

    [Fact]
    public void TryRead_NumberThatWasNeverLogged_IsMissing()
    {
        using var log = CaptureLog.OpenWithoutThread(_disk, new CaptureLogOptions());
        log.Append(Records.Make(1, 1, 8), LogLane.Facts, _topics);
        log.Append(Records.Make(5, 1, 8), LogLane.Waves, _topics);
        log.CommitLanes(all: true);

        Records.ReadAll(_disk, out var damage);

        Assert.Equal(new LogDamage(0, 0, Missing: 3), damage);
    }
}
