namespace FieldNet.Edge.ReplayDeck;

/// <summary>Log time of a capture's first and last record.</summary>
internal readonly record struct CaptureSpan(long FirstUs, long LastUs)
{
    /// <summary>Near enough to read on to the end.</summary>
    private const long ShortStep = 4096;

    /// <remarks>Reads no more than some segments: it looks for the end by halves.</remarks>
    /// <exception cref="InvalidDataException">It holds no record.</exception>
    public static CaptureSpan Of(Capture capture)
    {
        var first = At(capture, 1) ?? throw new InvalidDataException("This capture holds no record.");
        var (known, step) = (first, ShortStep);
        for (; At(capture, known.Number + step) is { } further; step *= 2)
        {
            known = further;
        }

        for (; step > ShortStep; step /= 2)
        {
            known = At(capture, known.Number + (step / 2)) ?? known;
        }

        using var reader = new CaptureReader(capture.Path, capture.Through, known.Number);
        var lastUs = known.TimeUs;
        while (reader.TryRead(out var record))
        {
            lastUs = record.LogTimeUs;
        }

        return new CaptureSpan(first.TimeUs, lastUs);
    }

    /// <summary>The first record from a number on.</summary>
    private static (long Number, long TimeUs)? At(Capture capture, long number)
    {
        using var reader = new CaptureReader(capture.Path, capture.Through, number);
        return reader.TryRead(out var record) ? (record.Number, record.LogTimeUs) : null;
    }
}
