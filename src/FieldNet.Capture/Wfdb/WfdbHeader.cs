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

    public IReadOnlyList<WfdbSignal> Signals { get; init; } = [];

    /// <summary>Empty for an ordinary record.</summary>
    public IReadOnlyList<WfdbSegment> Segments { get; init; } = [];

    /// <summary>Comment lines after the record line, without <c>#</c>.</summary>
    public IReadOnlyList<string> Comments { get; init; } = [];

    /// <exception cref="WfdbFormatException">The header is malformed; says the line.</exception>
    /// <exception cref="IOException">The file can't be read.</exception>
    public static WfdbHeader Read(string path) => WfdbHeaderParser.Parse(path, File.ReadAllLines(path));
}
