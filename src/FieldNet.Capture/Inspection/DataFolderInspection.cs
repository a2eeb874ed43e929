using FieldNet.Capture.Checkpoints;
using FieldNet.Capture.Disk;
using FieldNet.Capture.Log;
using FieldNet.Telemetry.Records;
using FieldNet.Telemetry.Topics;

namespace FieldNet.Capture.Inspection;

/// <summary>What a data folder holds: the report of <c>inspect</c>, ready to be written as JSON in snake_case.</summary>
public sealed record DataFolderInspection
{
    public string Format { get; } = "fieldnet";

    /// <summary>Log time of the first record, ISO 8601; null in an empty folder.</summary>
    public string? First { get; init; }

    public string? Last { get; init; }

    public required int Segments { get; init; }

    /// <summary>How many records of each kind, by its name in snake_case.</summary>
    public required IReadOnlyDictionary<string, long> Records { get; init; }

    public required long Bytes { get; init; }

    /// <summary>Segments that end in the middle of a record.</summary>
    public required long Torn { get; init; }

    /// <summary>Damaged places with valid records behind them.</summary>
    public required long Corrupt { get; init; }

    /// <summary>Numbers that no record has: damaged, shed, or never committed.</summary>
    public required long Missing { get; init; }

    /// <summary>What each lane has, <c>facts</c> and <c>waves</c>: they go at different ages.</summary>
    public required IReadOnlyDictionary<string, LaneInspection> Lanes { get; init; }

    /// <summary>Blocks held back for a full disk; 0 while they are given up, or none are wanted.</summary>
    public required long BallastBytes { get; init; }

    public IReadOnlyList<CursorInspection> Cursors { get; init; } = [];

    /// <summary>Oldest first: where a start or a replay may begin.</summary>
    public required IReadOnlyList<CheckpointInspection> Checkpoints { get; init; }

    /// <summary>Reads the whole folder, which may be a running agent's.</summary>
    /// <param name="records">If given, each record is written to it as one line of JSON.</param>
    /// <exception cref="CaptureException">No log there, or of a newer version.</exception>
    public static DataFolderInspection Read(string dataFolder, Stream? records = null)
    {
        var read = Read(FileDisk.ForReading(dataFolder), records);
        var last = read.Lanes.Values.Max(lane => lane.LastNumber) ?? 0;
        return read with { Cursors = [.. LogCursors.Read(dataFolder).Select(cursor => new CursorInspection(cursor.Name, cursor.Through, Math.Max(0, last - cursor.Through), cursor.CutAt > 0))] };
    }

    /// <inheritdoc cref="Read(string, Stream)"/>
    public static DataFolderInspection Read(IDisk disk, Stream? records = null)
    {
        var kinds = new SortedDictionary<string, long>(StringComparer.Ordinal);
        var lanes = Enum.GetValues<LogLane>().Select(lane => new LaneCount(disk, lane)).ToArray();
        // Below the first number of a lane that has lost its beginning, gaps are what was cut.
        var cutBelow = lanes.Max(lane => lane.CutBelow);
        long first = 0;
        long last = 0;
        long number = 0;
        long missing = 0;
        using var writer = records is null ? null : new RecordJsonWriter(records);
        using var reader = new LogReader(disk, new TopicTable());
        while (reader.TryRead(out var record))
        {
            var kind = record.Kind.Name();
            kinds[kind] = kinds.GetValueOrDefault(kind) + 1;
            first = first == 0 ? record.LogTimeUs : first;
            last = record.LogTimeUs;
            missing += number == 0 ? 0 : record.Number - Math.Max(number + 1, Math.Min(cutBelow, record.Number));
            number = record.Number;
            lanes[(int)record.Lane].Add(in record);
            writer?.Write(in record);
        }

        var damage = reader.Damage;
        return new DataFolderInspection
        {
            First = first == 0 ? null : LogTimes.ToIso(first),
            Last = first == 0 ? null : LogTimes.ToIso(last),
            Segments = lanes.Sum(lane => lane.Segments),
            Checkpoints = [.. new CheckpointFolder(disk).NewestFirst().Reverse().Select(static checkpoint => new CheckpointInspection(
                checkpoint.Number,
                LogTimes.ToIso(checkpoint.LogTimeUs),
                checkpoint.Version,
                checkpoint.Parts.ToDictionary(static part => part.Key, static part => part.Value.Length, StringComparer.Ordinal)))],
            Records = kinds,
            Bytes = lanes.Sum(lane => lane.Bytes),
            Torn = damage.Torn,
            Corrupt = damage.Corrupt,
            Missing = missing,
            Lanes = lanes.ToDictionary(lane => lane.Name, lane => lane.Inspection),
            BallastBytes = disk.List().Contains(Ballast.Name) ? disk.LengthOf(Ballast.Name) : 0,
        };
    }

    /// <summary>A lane as it is read.</summary>
    private sealed class LaneCount
    {
        private long _first;
        private long _last;
        private long _firstUs;
        private long _lastUs;
        private long _records;

        public LaneCount(IDisk disk, LogLane lane)
        {
            var segments = new LaneSegments(disk, lane);
            var entries = segments.List();
            Name = lane.ToString().ToLowerInvariant();
            Segments = segments.Files.Count;
            Bytes = segments.Files.Sum(file => disk.LengthOf(file.ToString()));
            CutBelow = entries is [{ Name.Ordinal: > 1 } oldest, ..] ? oldest.Header.FirstNumber : 0;
        }

        public string Name { get; }

        public int Segments { get; }

        public long Bytes { get; }

        public long CutBelow { get; }

        public LaneInspection Inspection => _records == 0
            ? new LaneInspection(Segments, Bytes, 0, null, null, null, null)
            : new LaneInspection(Segments, Bytes, _records, _first, _last, LogTimes.ToIso(_firstUs), LogTimes.ToIso(_lastUs));

        public void Add(in LogRecord record)
        {
            if (_records++ == 0)
            {
                (_first, _firstUs) = (record.Number, record.LogTimeUs);
            }

            (_last, _lastUs) = (record.Number, record.LogTimeUs);
        }
    }
}
