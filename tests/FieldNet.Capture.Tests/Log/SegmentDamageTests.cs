using FieldNet.Capture.Log;
using FieldNet.Telemetry.Records;
using FieldNet.Telemetry.Topics;
using FieldNet.TestKit.Disk;

namespace FieldNet.Capture.Tests.Log;

public sealed class SegmentDamageTests
{
    private const string Segment = "facts-00000001.seg";
    private const int RecordCount = 12;

    [Fact]
    public void TryRead_AnyCutOfTheTail_GivesEveryWholeRecordBeforeIt()
    {
        var (disk, written) = SmallLog();
        var whole = disk.Contents(Segment);
        var ends = FrameEnds(disk);

        for (var cut = whole.Length; cut >= SegmentHeader.Bytes; cut--)
        {
            var cutDisk = new SimulatedDisk();
            cutDisk.Put(Segment, whole.AsSpan(0, cut));
            var expected = ends.Count(end => end <= cut);

            using (var log = CaptureLog.OpenWithoutThread(cutDisk, new CaptureLogOptions()))
            {
                Assert.Equal(expected, log.Recovered.LastNumber);
            }

            Assert.Equal(written.Take(expected), Records.ReadAll(cutDisk, out var damage));
            Assert.Equal(new LogDamage(0, 0, 0), damage);
        }
    }

    [Fact]
    public void TryRead_AnyByteDamaged_CostsThatRecordAtMost()
    {
        var (disk, written) = SmallLog();
        var whole = disk.Contents(Segment);
        var ends = FrameEnds(disk);

        for (var at = 0; at < whole.Length; at++)
        {
            var damagedDisk = new SimulatedDisk();
            var bytes = whole.ToArray();
            bytes[at] ^= (byte)(1 << (at % 8));
            damagedDisk.Put(Segment, bytes);

            var read = Records.ReadAll(damagedDisk, out var damage);

            var hit = at < SegmentHeader.Bytes ? -1 : ends.FindIndex(end => at < end);
            var lost = written.Except(read).ToList();
            Assert.True(lost.Count <= 1, $"byte {at} cost {lost.Count} records");
            Assert.Equal(written.Except(lost), read);
            Assert.True(lost.Count == 0 || lost[0] == written[hit], $"byte {at} cost another record");
            Assert.True(lost.Count == 0 || damage.Corrupt + damage.Torn == 1, $"byte {at}: {damage}");
        }
    }

    [Fact]
    public void Open_DamageBeforeValidRecords_CutsNothing()
    {
        var (disk, written) = SmallLog();
        var bytes = disk.Contents(Segment);
        bytes[FrameEnds(disk)[5] - 12] ^= 1;
        disk.Put(Segment, bytes);

        using var log = CaptureLog.OpenWithoutThread(disk, new CaptureLogOptions());

        Assert.Equal(RecordCount, log.Recovered.LastNumber);
        Assert.Equal(bytes, disk.Contents(Segment));
        Assert.Equal(1, log.Recovered.Corrupt);
        Assert.Equal(written.Where(record => record.Number != 6), Records.ReadAll(disk));
    }

    [Fact]
    public void TryRead_PayloadThatLooksLikeARecord_IsNotTakenForOne()
    {
        var (disk, _) = SmallLog();
        var forged = disk.Contents(Segment)[SegmentHeader.Bytes..];
        var target = new SimulatedDisk();
        using (var log = CaptureLog.OpenWithoutThread(target, new CaptureLogOptions()))
        {
            var carrier = Records.Make(1, seed: 3, payloadBytes: 0) with { Payload = Convert.ToHexString(forged), Properties = "", Topic = "", Client = "" };
            log.Append(carrier, LogLane.Facts, new TopicTable());
            log.Append(Records.Make(2, seed: 3, payloadBytes: 9), LogLane.Facts, new TopicTable());
            log.CommitLanes(all: true);
        }

        // Its own head destroyed, the scan walks through the payload.
        var bytes = target.Contents(Segment);
        bytes[SegmentHeader.Bytes + 5] ^= 4;
        target.Put(Segment, bytes);

        Assert.Equal([2L], Records.ReadAll(target).Select(record => record.Number));
    }

    [Fact]
    public void Open_SegmentOfANewerVersion_SaysSo()
    {
        var (disk, _) = SmallLog();
        var bytes = disk.Contents(Segment);
        foreach (var block in new[] { 0, 512 })
        {
            bytes[block + 8] = 9;
            BitConverter.TryWriteBytes(bytes.AsSpan(block + 508), Crc32C.Append(0, bytes.AsSpan(block, 508)));
        }

        disk.Put(Segment, bytes);

        var error = Assert.Throws<CaptureException>(() => CaptureLog.OpenWithoutThread(disk, new CaptureLogOptions()));
        Assert.Equal(CaptureErrorKind.FormatUnknown, error.Kind);
    }

    private static (SimulatedDisk Disk, List<Records.Copy> Written) SmallLog()
    {
        var disk = new SimulatedDisk();
        var topics = new TopicTable(capacity: 3);
        var written = new List<Records.Copy>();
        using var log = CaptureLog.OpenWithoutThread(disk, new CaptureLogOptions { Site = "chu" });
        for (var number = 1; number <= RecordCount; number++)
        {
            written.Add(Records.Make(number, seed: 1, payloadBytes: number * 5));
            log.Append(written[^1], LogLane.Facts, topics);
        }

        log.CommitLanes(all: true);
        return (disk, written);
    }

    /// <summary>Where each record's frame ends.</summary>
    private static List<int> FrameEnds(SimulatedDisk disk)
    {
        var entry = new LaneSegments(disk, LogLane.Facts).List().Single();
        using var scanner = new SegmentScanner(disk.OpenRead(Segment), entry.Header);
        var ends = new List<int>();
        while (scanner.TryNext())
        {
            ends.Add((int)scanner.ValidEnd);
        }

        return ends;
    }
}
