using System.Globalization;
using System.Text.RegularExpressions;

namespace FieldNet.Capture.Wfdb;

/// <summary>Turns the lines of a header into a <see cref="WfdbHeader"/>.</summary>
/// <remarks>Source: WFDB Applications Guide, header(5): fields are separated by blanks, trailing ones may be left out.</remarks>
internal sealed partial class WfdbHeaderParser
{
    private const int MostSignals = 4096;
    private const int MostShown = 40;

    /// <summary>A century at a thousand frames a second; beyond it sums of samples would overflow.</summary>
    private const long MostFrames = 1L << 42;

    private readonly string _path;
    private int _line;

    private WfdbHeaderParser(string path) => _path = path;

    public static WfdbHeader Parse(string path, IReadOnlyList<string> lines) => new WfdbHeaderParser(path).Parse(lines);

    private WfdbHeader Parse(IReadOnlyList<string> lines)
    {
        WfdbHeader? header = null;
        int expected = 0;
        bool segmented = false;
        List<WfdbSignal> signals = [];
        List<WfdbSegment> segments = [];
        List<string> comments = [];
        foreach (string raw in lines)
        {
            _line++;
            string text = raw.Trim();
            if (text.Length == 0)
            {
                continue;
            }
            if (text[0] == '#')
            {
                // Comments before the record line are not the record's own.
                if (header is not null)
                {
                    comments.Add(text[1..].Trim());
                }
            }
            else if (header is null)
            {
                header = RecordLine(text, out expected, out segmented);
            }
            else if (segments.Count + signals.Count == expected)
            {
                throw Broken($"more than the {expected} lines that the record line announces");
            }
            else if (segmented)
            {
                segments.Add(SegmentLine(text));
            }
            else
            {
                signals.Add(SignalLine(text));
            }
        }
        if (header is null)
        {
            throw new WfdbFormatException(_path, 0, "no record line");
        }
        if (segments.Count + signals.Count < expected)
        {
            throw new WfdbFormatException(_path, _line, $"{segments.Count + signals.Count} of the {expected} announced lines");
        }
        if (segments.Aggregate(0L, (sum, s) => Math.Min(sum, MostFrames) + Math.Min(s.Frames, MostFrames + 1)) > MostFrames)
        {
            throw new WfdbFormatException(_path, 0, "segments of over a century");
        }
        return header with { Signals = signals, Segments = segments, Comments = comments };
    }

    private WfdbHeader RecordLine(string text, out int expected, out bool segmented)
    {
        string[] fields = Fields(text, 6);
        if (fields.Length < 2)
        {
            throw Broken("a record line has at least a name and a number of signals");
        }
        string[] name = fields[0].Split('/', 2);
        segmented = name.Length == 2;
        int signals = Integer(fields[1], "number of signals");
        expected = segmented ? Integer(name[1], "number of segments") : signals;
        if (signals is < 0 or > MostSignals || expected < 0)
        {
            throw Broken($"{Shown(fields[1])} signals");
        }
        var rates = RateField().Match(fields.Length > 2 ? fields[2] : "250");
        double rate = rates.Success ? Number(rates.Groups["frames"].Value, "frames per second") : 0;
        if (rate <= 0)
        {
            throw Broken($"{Shown(fields[2])} frames per second");
        }
        long frames = fields.Length > 3 ? Long(fields[3], "number of samples") : 0;
        if (frames is < 0 or > MostFrames)
        {
            throw Broken($"{frames} frames");
        }
        return new WfdbHeader
        {
            Path = _path,
            Name = name[0],
            SignalCount = signals,
            FramesPerSecond = rate,
            CounterFrequency = rates.Groups["counter"] is { Length: > 0 } counter && Number(counter.Value, "counter frequency") is > 0 and var ticks ? ticks : rate,
            BaseCounter = rates.Groups["base"] is { Length: > 0 } @base ? Number(@base.Value, "base counter") : 0,
            Frames = frames == 0 ? null : frames,
            BaseTime = fields.Length > 4 ? string.Join(' ', fields[4..]) : "",
        };
    }

    private WfdbSegment SegmentLine(string text)
    {
        string[] fields = Fields(text, 2);
        if (fields.Length != 2)
        {
            throw Broken("a segment line is a name and a length");
        }
        RequireOwnFolder(fields[0]);
        long frames = Long(fields[1], "segment length");
        return frames >= 0 ? new(fields[0], frames) : throw Broken($"a segment of {frames} frames");
    }

    private WfdbSignal SignalLine(string text)
    {
        string[] fields = Fields(text, 9);
        if (fields.Length < 2)
        {
            throw Broken("a signal line has at least a file and a format");
        }
        RequireOwnFolder(fields[0]);
        var format = FormatField().Match(fields[1]);
        if (!format.Success)
        {
            throw Broken($"format {Shown(fields[1])}");
        }
        var gain = GainField().Match(fields.Length > 2 ? fields[2] : "");
        if (fields.Length > 2 && !gain.Success)
        {
            throw Broken($"gain {Shown(fields[2])}");
        }
        int zero = Optional(fields, 4, 0, "ADC zero");
        double perUnit = gain.Groups["gain"] is { Length: > 0 } written ? Number(written.Value, "gain") : 0;
        return new WfdbSignal
        {
            File = fields[0],
            Format = Integer(format.Groups["format"].Value, "format"),
            SamplesPerFrame = Positive(format.Groups["frame"], 1),
            SkewFrames = Positive(format.Groups["skew"], 0),
            ByteOffset = Positive(format.Groups["offset"], 0),
            // 0 says that the signal is not calibrated; the standard then assumes 200 a unit.
            Gain = perUnit == 0 ? 200 : perUnit,
            Baseline = gain.Groups["baseline"] is { Length: > 0 } baseline ? Integer(baseline.Value, "baseline") : zero,
            Unit = gain.Groups["unit"] is { Length: > 0 } unit ? unit.Value : "mV",
            ResolutionBits = Optional(fields, 3, 12, "resolution"),
            AdcZero = zero,
            InitialValue = fields.Length > 5 ? Integer(fields[5], "initial value") : null,
            // Written as signed or as unsigned 16 bits.
            Checksum = fields.Length > 6 ? unchecked((short)Long(fields[6], "checksum")) : null,
            BlockSizeBytes = Optional(fields, 7, 0, "block size"),
            Description = fields.Length > 8 ? fields[8] : "",
        };
    }

    /// <summary>A header may come from anywhere; the files that it names may not.</summary>
    private void RequireOwnFolder(string name)
    {
        if (name != Path.GetFileName(name) || name is "." or ".." || name.Contains('\0', StringComparison.Ordinal))
        {
            throw Broken($"{Shown(name)} is not in the header's own folder");
        }
    }

    private int Positive(Group field, int absent) =>
        field.Length == 0 ? absent : Integer(field.Value, "format field") is var n and >= 0 ? n : throw Broken("negative format field");

    private int Optional(string[] fields, int index, int absent, string what) =>
        fields.Length > index ? Integer(fields[index], what) : absent;

    private int Integer(string text, string what) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int n) ? n : throw Broken($"{what} {Shown(text)}");

    private long Long(string text, string what) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long n) ? n : throw Broken($"{what} {Shown(text)}");

    private double Number(string text, string what) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double x) && double.IsFinite(x) ? x : throw Broken($"{what} {Shown(text)}");

    private WfdbFormatException Broken(string reason) => new(_path, _line, reason);

    /// <summary>What a header says, fit for a sentence: a file that is none may hold anything.</summary>
    private static string Shown(string text) =>
        $"'{string.Concat(text.Take(MostShown).Select(c => char.IsControl(c) ? '?' : c))}{(text.Length > MostShown ? "…" : "")}'";

    private static string[] Fields(string text, int most) =>
        text.Split((char[])[' ', '\t'], most, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    [GeneratedRegex(@"^(?<frames>[^/(]+)(/(?<counter>[^(]+))?(\((?<base>[^)]*)\))?$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex RateField();

    [GeneratedRegex(@"^(?<format>\d+)(x(?<frame>[1-9]\d*))?(:(?<skew>\d+))?(\+(?<offset>\d+))?$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex FormatField();

    [GeneratedRegex(@"^(?<gain>[-+.\deE]*)(\((?<baseline>-?\d+)\))?(/(?<unit>\S+))?$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex GainField();
}
