using FieldNet.Capture.Log;
using FieldNet.Capture.Replay;
using FieldNet.Capture.Tests.Log;
using FieldNet.Telemetry.Records;
using FieldNet.Telemetry.Topics;

namespace FieldNet.Capture.Tests.Replay;

/// <summary>Several data folders as one timeline, read ahead or not.</summary>
public sealed class FolderSourceTests : IDisposable
{
    private const int Seed = 31;

    private readonly string _folder = Directory.CreateTempSubdirectory("fieldnet-source-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void TryRead_CutInTwo_GivesTheWhole()
    {
        var first = Write("first", 1, 400);
        var second = Write("second", 401, 900);

        Assert.Equal(Expected(1, 900), Read(first, second));
    }

    [Fact]
    public void TryRead_PiecesThatOverlap_GiveEachRecordOnce()
    {
        var first = Write("first", 1, 600);
        var second = Write("second", 500, 900);

        Assert.Equal(Expected(1, 900), Read(first, second));
    }

    [Fact]
    public void TryRead_LanesMovedApart_AreMergedByNumber()
    {
        var whole = Write("whole", 1, 500);
        var waves = Directory.CreateDirectory(Path.Combine(_folder, "waves", "log")).FullName;
        foreach (var file in Directory.GetFiles(Path.Combine(whole, "log"), "waves-*"))
        {
            File.Move(file, Path.Combine(waves, Path.GetFileName(file)));
        }

        Assert.Equal(Expected(1, 500), Read(whole, Path.Combine(_folder, "waves")));
    }

    [Fact]
    public void TryRead_AnotherLogBehind_GoesOnInNumberAndTime()
    {
        var first = Write("first", 1, 100);
        var second = Write("second", 1, 50);
        using var source = new FolderSource([first, second], new TopicTable());
        var records = new List<(long Number, long TimeUs, long Connection)>();
        while (source.TryRead(out var record))
        {
            records.Add((record.Number, record.LogTimeUs, record.Connection));
        }

        Assert.Equal(Enumerable.Range(1, 150).Select(n => (long)n), records.Select(r => r.Number));
        Assert.Equal(records.Select(r => r.TimeUs).Order(), records.Select(r => r.TimeUs));
        Assert.Equal(records[0].Connection + (1L << 52), records[100].Connection);
    }

    [Fact]
    public void TryRead_QuarantinedInTheSecondPiece_IsLeftOutOfTheFirst()
    {
        var first = Write("first", 1, 10);
        var second = Path.Combine(_folder, "second");
        using (var log = CaptureLog.Open(second, new CaptureLogOptions()))
        {
            log.Append(
                new LogRecord { Number = 11, LogTimeUs = 11_000_000, Kind = RecordKind.Quarantine, Client = "", Topic = Topic.None, Payload = """{"number":4,"error":"x"}"""u8 },
                LogLane.Facts);
        }

        using var source = new FolderSource([first, second], new TopicTable());
        var numbers = new List<long>();
        while (source.TryRead(out var record))
        {
            numbers.Add(record.Number);
        }

        Assert.Equal([1, 2, 3, 5, 6, 7, 8, 9, 10, 11], numbers);
        Assert.Equal(1, source.Quarantined);
    }

    [Fact]
    public void TryRead_ReadAhead_GivesTheSame()
    {
        var folder = Write("whole", 1, 5000);
        using var source = new ReadAhead(new FolderSource([folder], new TopicTable()));

        Assert.Equal(Expected(1, 5000), ReadAll(source));
        Assert.Equal(1, source.Done);
    }

    [Fact]
    public void Dispose_ReadAheadInTheMiddle_EndsItsThread()
    {
        var folder = Write("whole", 1, 20_000);
        var source = new ReadAhead(new FolderSource([folder], new TopicTable()));
        Assert.True(source.TryRead(out _));

        source.Dispose();

        Assert.Throws<ObjectDisposedException>(() => ReadAll(source));
    }

    [Fact]
    public void TryRead_ReadAheadOfASourceThatThrows_ThrowsTheSame()
    {
        using var source = new ReadAhead(new Faulty());

        Assert.True(source.TryRead(out _));
        Assert.Equal("disk on fire", Assert.Throws<IOException>(() => source.TryRead(out _)).Message);
    }

    private static List<Records.Copy> Expected(int from, int through) =>
        [.. Enumerable.Range(from, through - from + 1).Select(number => Records.Make(number, Seed, number % 300) with { Connection = 1L << 32 })];

    private static List<Records.Copy> ReadAll(IReplaySource source)
    {
        var records = new List<Records.Copy>();
        while (source.TryRead(out var record))
        {
            records.Add(record.ToCopy());
        }

        return records;
    }

    private static List<Records.Copy> Read(params string[] folders)
    {
        using var source = new FolderSource(folders, new TopicTable());
        return ReadAll(source);
    }

    private string Write(string name, int from, int through)
    {
        var folder = Path.Combine(_folder, name);
        var topics = new TopicTable();
        using var log = CaptureLog.Open(folder, new CaptureLogOptions { SegmentBytes = 64 * 1024 });
        foreach (var record in Expected(from, through))
        {
            log.Append(record, (LogLane)(record.Number % 3 == 0 ? 1 : 0), topics);
        }

        return folder;
    }

    private sealed class Faulty : IReplaySource
    {
        private bool _hasRead;

        public double Done => 0;

        public int Quarantined => 0;

        public IReadOnlyList<string> Remarks => [];

        public bool Holds(RecordKind kind) => true;

        public bool TryRead(out LogRecord record)
        {
            record = new LogRecord { Number = 1, Client = "", Topic = Topic.None };
            return _hasRead ? throw new IOException("disk on fire") : _hasRead = true;
        }

        public void Dispose()
        {
        }
    }
}
