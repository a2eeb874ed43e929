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

    /// <summary>Reads the whole folder, which may be a running agent's.</summary>
    /// <param name="records">If given, each record is written to it as one line of JSON.</param>
    /// <exception cref="CaptureException">No log there, or of a newer version.</exception>
    public static DataFolderInspection Read(string dataFolder, Stream? records = null) => Read(FileDisk.ForReading(dataFolder), records);

    /// <inheritdoc cref="Read(string, Stream)"/>
    public static DataFolderInspection Read(IDisk disk, Stream? records = null)
    {
        var kinds = new SortedDictionary<string, long>(StringComparer.Ordinal);
        long first = 0;
        long last = 0;
        using var writer = records is null ? null : new RecordJsonWriter(records);
        using var reader = new LogReader(disk, new TopicTable());
        while (reader.TryRead(out var record))
        {
            var kind = record.Kind.Name();
            kinds[kind] = kinds.GetValueOrDefault(kind) + 1;
            first = first == 0 ? record.LogTimeUs : first;
            last = record.LogTimeUs;
            writer?.Write(in record);
        }

        var segments = SegmentSizes(disk);
        var damage = reader.Damage;
        return new DataFolderInspection
        {
            First = first == 0 ? null : LogTimes.ToIso(first),
            Last = first == 0 ? null : LogTimes.ToIso(last),
            Segments = segments.Count,
            Records = kinds,
            Bytes = segments.Sum(),
            Torn = damage.Torn,
            Corrupt = damage.Corrupt,
            Missing = damage.Missing,
        };
    }

    private static List<long> SegmentSizes(IDisk disk)
    {
        var files = disk.List();
        var sizes = new List<long>();
        foreach (var name in SegmentName.Of(LogLane.Facts, files).Concat(SegmentName.Of(LogLane.Waves, files)))
        {
            using var file = disk.OpenRead(name.ToString());
            sizes.Add(file.Length);
        }

        return sizes;
    }
}
