using FieldNet.Capture.Wfdb;

namespace FieldNet.Capture.Inspection;

/// <summary>What a WFDB record holds: the report of <c>inspect</c>, ready to be written as JSON in snake_case.</summary>
public sealed record WfdbInspection
{
    private const int FirstValues = 8;

    public string Format { get; } = "wfdb";

    /// <summary>Time of the first frame, ISO 8601, and of the last; null where the record has no base date. A record names no zone: taken for UTC.</summary>
    public required string? First { get; init; }

    public required string? Last { get; init; }

    /// <summary>Base time as the header has it; empty without.</summary>
    public required string BaseTime { get; init; }

    public required double DurationS { get; init; }

    public required IReadOnlyList<WfdbSignalInspection> Signals { get; init; }

    /// <summary>How many annotations each annotator made, by its name.</summary>
    public required IReadOnlyDictionary<string, long> Annotations { get; init; }

    /// <summary>What could not be read, or is not as the header says.</summary>
    public required IReadOnlyList<string> Problems { get; init; }

    /// <summary>Reads the whole record.</summary>
    /// <exception cref="WfdbFormatException">Malformed, or in a format that is not read here.</exception>
    /// <exception cref="IOException">A file is there and can't be read.</exception>
    public static WfdbInspection Read(string headerPath)
    {
        using var reader = WfdbRecordReader.Open(headerPath);
        var counts = reader.Signals.Select(_ => new Count()).ToArray();
        while (reader.TryRead())
        {
            for (int i = 0; i < counts.Length; i++)
            {
                counts[i].Add(reader.Block, i, reader.Signals[i].SamplesPerFrame);
            }
        }
        var header = reader.Header;
        double seconds = reader.Frames / header.FramesPerSecond;
        var problems = reader.Problems.ToList();
        return new()
        {
            First = Time(header.Start, 0),
            Last = Time(header.Start, Math.Max(0, reader.Frames - 1) / header.FramesPerSecond),
            BaseTime = header.BaseTime,
            DurationS = Math.Round(seconds, 6),
            Signals = [.. counts.Select((count, i) => Of(reader, i, count, problems))],
            Annotations = CountAnnotations(headerPath, header, problems),
            Problems = problems,
        };
    }

    private static WfdbSignalInspection Of(WfdbRecordReader reader, int index, Count count, List<string> problems)
    {
        var signal = reader.Signals[index];
        short? stated = reader.Header.Segments.Count == 0 ? signal.Checksum : null;
        short? sum = count.Stored > 0 ? reader.Checksum(index) : null;
        string name = signal.Description.Length > 0 ? signal.Description : $"signal {index}";
        if (stated is not null && sum is not null && stated != sum && reader.Problems.Count == 0)
        {
            problems.Add($"the values of {name} add up to {sum}, the header says {stated}");
        }
        return new()
        {
            Name = name,
            Unit = signal.Unit,
            SamplesPerSecond = reader.SamplesPerSecond(index),
            Gain = signal.Gain,
            Baseline = signal.Baseline,
            Samples = count.Samples,
            Missing = count.Samples - count.Present,
            FirstValues = count.First,
            Checksum = sum,
            StatedChecksum = stated,
        };
    }

    /// <summary>Null without a date, and for times that no calendar has.</summary>
    private static string? Time(DateTimeOffset? start, double seconds) =>
        start is { } first && seconds < (DateTimeOffset.MaxValue - first).TotalSeconds
            ? LogTimes.ToIso((first - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond + (long)Math.Round(seconds * 1e6)) : null;

    /// <summary>Every other file of the record's name that reads as annotations to its end; one that does not is none, unless its name says so.</summary>
    private static SortedDictionary<string, long> CountAnnotations(string headerPath, WfdbHeader header, List<string> problems)
    {
        var annotations = new SortedDictionary<string, long>(StringComparer.Ordinal);
        string record = Path.GetFileNameWithoutExtension(headerPath);
        var signalFiles = header.Signals.Select(s => s.File).ToHashSet(StringComparer.Ordinal);
        string folder = Path.GetDirectoryName(headerPath) is { Length: > 0 } given ? given : ".";
        foreach (string path in Directory.EnumerateFiles(folder, record + ".*").Order(StringComparer.Ordinal))
        {
            string file = Path.GetFileName(path), annotator = Path.GetExtension(file).TrimStart('.');
            if (Path.GetFileNameWithoutExtension(file) != record || signalFiles.Contains(file) || annotator.Length == 0 || NoAnnotators.Contains(annotator))
            {
                continue;
            }
            try
            {
                annotations[annotator] = WfdbAnnotations.Read(path).LongCount();
            }
            catch (WfdbFormatException damaged)
            {
                problems.Add($"{file} {damaged.Reason}");
            }
        }
        return annotations;
    }

    /// <summary>Kinds of files that lie beside records and are no annotations.</summary>
    private static readonly HashSet<string> NoAnnotators = new(StringComparer.OrdinalIgnoreCase)
    {
        "hea", "dat", "mat", "xws", "edf", "txt", "csv", "tsv", "json", "jsonl", "xml", "info", "md", "html", "pdf", "png", "svg", "zip", "gz", "bak", "py",
    };

    private sealed class Count
    {
        public readonly List<int?> First = [];

        public long Samples { get; private set; }

        public long Stored { get; private set; }

        public long Present { get; private set; }

        public void Add(WfdbBlock block, int signal, int samplesPerFrame)
        {
            var values = block.Samples(signal);
            long samples = block.Frames * samplesPerFrame;
            for (int i = 0; First.Count < FirstValues && i < samples; i++)
            {
                First.Add(i < values.Length ? values[i] : null);
            }
            Samples += samples;
            Stored += values.Length;
            Present += values.Length - (block.Source(signal)?.MissingValue is { } missing ? values.Count(missing) : 0);
        }
    }
}
