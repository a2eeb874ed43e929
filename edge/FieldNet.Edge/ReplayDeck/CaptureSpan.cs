using FieldNet.Capture.Log;
using FieldNet.Telemetry.Topics;

namespace FieldNet.Edge.ReplayDeck;

/// <summary>Log time of a capture's first and last record.</summary>
internal readonly record struct CaptureSpan(long FirstUs, long LastUs)
{
    /// <summary>Near enough to read on to the end.</summary>
    private const long ShortStep = 4096;

    /// <remarks>Of a data folder it reads no more than some segments: it looks for the end by halves. A packet capture is read to its end.</remarks>
    /// <exception cref="InvalidDataException">It holds no record.</exception>
    public static CaptureSpan Of(Capture capture)
    {
        using var reader = capture.Open(new TopicTable());
        if (!reader.TryRead(out var record))
        {
            throw new InvalidDataException("This capture holds nothing that can be replayed.");
        }

        var firstUs = record.LogTimeUs;
        if (capture.IsFolder)
        {
            return new CaptureSpan(firstUs, EndOf(capture, record.Number));
        }

        var lastUs = firstUs;
        while (reader.TryRead(out record))
        {
            lastUs = record.LogTimeUs;
        }

        return new CaptureSpan(firstUs, lastUs);
    }

    private static long EndOf(Capture capture, long first)
    {
        var (known, step) = (first, ShortStep);
        for (; At(capture, known + step) is { } further; step *= 2)
        {
            known = further;
        }

        for (; step > ShortStep; step /= 2)
        {
            known = At(capture, known + (step / 2)) ?? known;
        }

        using var reader = Log(capture, known);
        var lastUs = 0L;
        while (reader.TryRead(out var record))
        {
            lastUs = record.LogTimeUs;
        }

        return lastUs;
    }

    /// <summary>Number of the first record from a number on.</summary>
    private static long? At(Capture capture, long number)
    {
        using var reader = Log(capture, number);
        return reader.TryRead(out var record) ? record.Number : null;
    }

    private static LogReader Log(Capture capture, long from)
    {
        var reader = LogReader.Open(capture.Path, new TopicTable(), from);
        reader.Limit = capture.Through;
        return reader;
    }
}
