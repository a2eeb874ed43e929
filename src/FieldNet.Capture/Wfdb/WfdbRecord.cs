namespace FieldNet.Capture.Wfdb;

/// <summary>A WFDB record in memory: its header and the digital values of each signal.</summary>
/// <remarks>
/// Shape: <see cref="Samples"/> is parallel to the header's signals, each at its own rate, missing values as stored
/// (<see cref="WfdbSignal.MissingValue"/>). Loss: a file shorter than its header says gives the samples that it has.
/// </remarks>
public sealed class WfdbRecord
{
    private WfdbRecord(WfdbHeader header, IReadOnlyList<int[]> samples)
    {
        Header = header;
        Samples = samples;
    }

    public WfdbHeader Header { get; }

    public IReadOnlyList<int[]> Samples { get; }

    public double SamplesPerSecond(int signal) => Header.FramesPerSecond * Header.Signals[signal].SamplesPerFrame;

    /// <summary>Sum of the signal's values as a header states it.</summary>
    public short Checksum(int signal)
    {
        short sum = 0;
        foreach (int value in Samples[signal])
        {
            sum = unchecked((short)(sum + value));
        }
        return sum;
    }

    /// <param name="headerPath">Path of the <c>.hea</c> file; signal files lie beside it.</param>
    /// <param name="mostFrames">Reads no more than the first so many frames.</param>
    /// <exception cref="WfdbFormatException">Malformed, multi-segment, or in a format that is not read here.</exception>
    /// <exception cref="IOException">A file can't be read.</exception>
    public static WfdbRecord Read(string headerPath, long mostFrames = long.MaxValue)
    {
        var header = WfdbHeader.Read(headerPath);
        if (header.Segments.Count > 0)
        {
            throw new WfdbFormatException(headerPath, 0, "a multi-segment record: read its segments one by one");
        }
        var samples = new int[header.Signals.Count][];
        foreach (var file in header.Signals.Index().GroupBy(s => s.Item.File, StringComparer.Ordinal))
        {
            var group = file.ToArray();
            ReadFile(header, group, samples, mostFrames);
        }
        return new(header, samples);
    }

    private static void ReadFile(WfdbHeader header, (int Index, WfdbSignal Signal)[] group, int[][] samples, long mostFrames)
    {
        var first = group[0].Signal;
        if (!WfdbSampleFormat.IsKnown(first.Format) || group.Any(s => s.Signal.Format != first.Format))
        {
            throw new WfdbFormatException(header.Path, 0, $"'{first.File}' is in format {first.Format}, or in several: not read here");
        }
        byte[] file = File.ReadAllBytes(Path.Combine(Path.GetDirectoryName(header.Path) ?? "", first.File));
        if (first.ByteOffset > file.Length)
        {
            throw new WfdbFormatException(header.Path, 0, $"'{first.File}' ends before byte {first.ByteOffset}");
        }
        var bytes = file.AsSpan(first.ByteOffset);
        long perFrame = group.Sum(s => (long)s.Signal.SamplesPerFrame);
        long frames = WfdbSampleFormat.SamplesIn(first.Format, bytes.Length) / perFrame;
        long wanted = Math.Min(Math.Min(frames, header.Frames ?? frames), mostFrames);
        long at = 0;
        foreach (var (index, signal) in group)
        {
            samples[index] = Deinterleave(signal, bytes, at, perFrame, wanted, frames);
            at += signal.SamplesPerFrame;
        }
    }

    private static int[] Deinterleave(WfdbSignal signal, ReadOnlySpan<byte> bytes, long at, long perFrame, long wanted, long stored)
    {
        // A skewed signal was stored late: its first sample lies that many frames into the file.
        long frames = Math.Max(0, Math.Min(wanted, stored - signal.SkewFrames));
        int[] values = new int[frames * signal.SamplesPerFrame];
        int running = signal.InitialValue ?? 0;
        int n = 0;
        for (long frame = signal.SkewFrames; frame < frames + signal.SkewFrames; frame++)
        {
            for (int i = 0; i < signal.SamplesPerFrame; i++)
            {
                int value = WfdbSampleFormat.Decode(signal.Format, bytes, frame * perFrame + at + i);
                values[n++] = signal.Format == 8 ? running = unchecked(running + value) : value;
            }
        }
        return values;
    }
}
