using System.Runtime.InteropServices;

namespace FieldNet.Capture.Wfdb;

/// <summary>A WFDB record in memory: the digital values of each signal, in one scale.</summary>
/// <remarks>
/// Shape: <see cref="Samples"/> is parallel to <see cref="Signals"/>, each at its own rate; what is missing is <see cref="Missing"/>.
/// Where a segment has a gain of its own, its values are carried to the record's, rounded.
/// </remarks>
public sealed class WfdbRecord
{
    public const int Missing = int.MinValue;

    /// <summary>A longer record is for <see cref="WfdbRecordReader"/>: a GiB of samples.</summary>
    private const long MostSamples = 1 << 28;

    private WfdbRecord(WfdbRecordReader reader, IReadOnlyList<int[]> samples)
    {
        (Header, Signals, Samples, Problems) = (reader.Header, reader.Signals, samples, reader.Problems);
    }

    public WfdbHeader Header { get; }

    public IReadOnlyList<WfdbSignal> Signals { get; }

    public IReadOnlyList<int[]> Samples { get; }

    /// <summary>What of it could not be read, in sentences.</summary>
    public IReadOnlyList<string> Problems { get; }

    public double SamplesPerSecond(int signal) => Header.FramesPerSecond * Signals[signal].SamplesPerFrame;

    /// <param name="headerPath">Path of the <c>.hea</c> file; signal files lie beside it.</param>
    /// <param name="mostFrames">Reads no more than the first so many frames.</param>
    /// <exception cref="WfdbFormatException">Malformed, in a format that is not read here, or too long to be held in memory.</exception>
    /// <exception cref="IOException">A file is there and can't be read.</exception>
    public static WfdbRecord Read(string headerPath, long mostFrames = long.MaxValue)
    {
        using var reader = WfdbRecordReader.Open(headerPath);
        var samples = new List<int>[reader.Signals.Count];
        for (int i = 0; i < samples.Length; i++)
        {
            samples[i] = [];
        }
        long perFrame = reader.Signals.Sum(s => (long)s.SamplesPerFrame);
        while (reader.Frames < mostFrames && reader.TryRead())
        {
            long frames = Math.Min(reader.Block.Frames, mostFrames - reader.Block.FirstFrame);
            if ((reader.Block.FirstFrame + frames) * (double)perFrame > MostSamples)
            {
                throw new WfdbFormatException(headerPath, 0, "too long to be held in memory");
            }
            for (int i = 0; i < samples.Length; i++)
            {
                Append(samples[i], reader, i, (int)(frames * reader.Signals[i].SamplesPerFrame));
            }
        }
        return new(reader, [.. samples.Select(s => s.ToArray())]);
    }

    private static void Append(List<int> samples, WfdbRecordReader reader, int signal, int count)
    {
        var (source, own) = (reader.Block.Source(signal), reader.Signals[signal]);
        var values = reader.Block.Samples(signal);
        bool rescaled = source is not null && (source.Gain != own.Gain || source.Baseline != own.Baseline);
        int at = samples.Count;
        CollectionsMarshal.SetCount(samples, at + count);
        var room = CollectionsMarshal.AsSpan(samples)[at..];
        values = values[..Math.Min(count, values.Length)];
        values.CopyTo(room);
        room[values.Length..].Fill(Missing);
        int? missing = source?.MissingValue;
        for (int i = 0; i < values.Length; i++)
        {
            if (room[i] == missing)
            {
                room[i] = Missing;
            }
            else if (rescaled)
            {
                room[i] = own.ToDigital(source!.ToPhysical(room[i]));
            }
        }
    }
}
