using System.Text;

namespace FieldNet.Capture.Wfdb;

/// <summary>A WFDB header (<c>.hea</c>): what a record holds.</summary>
/// <remarks>Source: WFDB Applications Guide, header(5).</remarks>
public sealed record WfdbHeader
{
    /// <summary>Path of the header itself.</summary>
    public required string Path { get; init; }

    public required string Name { get; init; }

    /// <summary>A signal has this many samples a second times its own <see cref="WfdbSignal.SamplesPerFrame"/>.</summary>
    public double FramesPerSecond { get; init; } = 250;

    /// <summary>Length; null where only the signal files tell.</summary>
    public long? Frames { get; init; }

    /// <summary>Base time and date as written; empty if absent.</summary>
    public string BaseTime { get; init; } = "";

    /// <summary>When frame 0 was recorded; null without a base date. A record names no zone: taken for UTC.</summary>
    public DateTimeOffset? Start => WfdbBaseTime.Parse(BaseTime);

    /// <summary>Ticks a second of a counter that others (a tape, a chart) date by; the frames' own unless given.</summary>
    public double CounterFrequency { get; init; } = 250;

    /// <summary>The counter's value at frame 0.</summary>
    public double BaseCounter { get; init; }

    /// <summary>How many signals the record line announces; a multi-segment record has no signal lines of its own.</summary>
    public int SignalCount { get; init; }

    public IReadOnlyList<WfdbSignal> Signals { get; init; } = [];

    /// <summary>Empty for an ordinary record.</summary>
    public IReadOnlyList<WfdbSegment> Segments { get; init; } = [];

    /// <summary>Comment lines after the record line, without <c>#</c>.</summary>
    public IReadOnlyList<string> Comments { get; init; } = [];

    /// <summary>Largest header read, bytes: a hundred thousand segments.</summary>
    private const int MostBytes = 4 << 20;

    /// <exception cref="WfdbFormatException">The header is malformed; says the line.</exception>
    /// <exception cref="IOException">The file can't be read.</exception>
    public static WfdbHeader Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        if (file.Length > MostBytes)
        {
            throw new WfdbFormatException(path, 0, $"{file.Length:N0} bytes are no header");
        }
        byte[] bytes = new byte[file.Length];
        int length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        string text = Text(bytes.AsSpan(0, length));
        return WfdbHeaderParser.Parse(path, (text.EndsWith('\n') ? text[..^1] : text).Split('\n'));
    }

    /// <summary>Headers are ASCII by the standard; those with a degree sign or a name in them are UTF-8 or Latin-1.</summary>
    private static string Text(ReadOnlySpan<byte> bytes) =>
        System.Text.Unicode.Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : Encoding.Latin1.GetString(bytes);
}
