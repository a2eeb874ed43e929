namespace FieldNet.Capture.Wfdb;

/// <summary>Reads the signals of one file of an ordinary record, frame after frame.</summary>
/// <remarks>Shape: all in one format and with one skew; a file whose signals differ in their skew is read once for each.</remarks>
internal sealed class WfdbSignalFile : IDisposable
{
    private readonly (int Index, WfdbSignal Signal)[] _signals;
    private readonly ISampleSource _source;
    private readonly int _samplesPerFrame;
    private readonly int[] _places;
    private readonly int[] _sums;
    private readonly int[] _running;
    private readonly int _format;
    private readonly int _skewFrames;
    private int[] _frames = [];
    private bool _skewed;

    private WfdbSignalFile(ISampleSource source, (int Index, WfdbSignal Signal)[] all, int skewFrames)
    {
        _source = source;
        _skewFrames = skewFrames;
        _format = all[0].Signal.Format;
        _signals = [.. all.Where(s => s.Signal.SkewFrames == skewFrames)];
        _samplesPerFrame = all.Sum(s => s.Signal.SamplesPerFrame);
        _places = [.. _signals.Select(s => all.TakeWhile(a => a != s).Sum(a => a.Signal.SamplesPerFrame))];
        _sums = new int[_signals.Length];
        _running = [.. _signals.Select(s => s.Signal.InitialValue ?? s.Signal.AdcZero)];
    }

    public string Name => _signals[0].Signal.File;

    public int SkewFrames => _skewFrames;

    public string? Damage => _source.Damage;

    public IEnumerable<int> Indices => _signals.Select(s => s.Index);

    /// <param name="all">Every signal of the file, in the header's order.</param>
    /// <exception cref="WfdbFormatException">Signals of one file in several formats, or in one that is not known.</exception>
    /// <exception cref="IOException">The file can't be read; <see cref="FileNotFoundException"/> if it is not there.</exception>
    public static IEnumerable<WfdbSignalFile> Open(WfdbHeader header, (int Index, WfdbSignal Signal)[] all)
    {
        var first = all[0].Signal;
        if (!WfdbSampleFormat.IsKnown(first.Format) || all.Any(s => s.Signal.Format != first.Format))
        {
            throw new WfdbFormatException(header.Path, 0, $"'{first.File}' is in format {first.Format}, or in several: not read here");
        }
        if (WfdbSampleFormat.IsFlac(first.Format) && all.Any(s => s.Signal.SamplesPerFrame != first.SamplesPerFrame))
        {
            throw new WfdbFormatException(header.Path, 0, $"'{first.File}' is FLAC, whose signals all have as many samples a frame");
        }
        string path = Path.Combine(Path.GetDirectoryName(header.Path) ?? "", first.File);
        foreach (int skew in all.Select(s => s.Signal.SkewFrames).Distinct())
        {
            yield return new WfdbSignalFile(Source(path, all), all, skew);
        }
    }

    /// <summary>Sum of every value read so far, those before a skewed signal's first sample included, as headers state it.</summary>
    public int Sum(int signal) => _sums[Array.FindIndex(_signals, s => s.Index == signal)];

    /// <summary>Reads on, each signal's samples into its own array.</summary>
    /// <returns>How many whole frames there were.</returns>
    public int Read(int frames, int[][] samples)
    {
        if (!_skewed)
        {
            _skewed = true;
            for (int left = _skewFrames; left > 0;)
            {
                // A skewed signal was stored late: its first sample lies that many frames into the file.
                int skipped = ReadFrames(Math.Min(left, frames), null);
                left = skipped == 0 ? 0 : left - skipped;
            }
        }
        return ReadFrames(frames, samples);
    }

    public void Dispose() => _source.Dispose();

    private static ISampleSource Source(string path, (int Index, WfdbSignal Signal)[] all)
    {
        var first = all[0].Signal;
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        file.Seek(first.ByteOffset, SeekOrigin.Begin);
        return WfdbSampleFormat.IsFlac(first.Format) ? new FlacSamples(file, all.Length, first.SamplesPerFrame)
            : new PackedSamples(file, first.Format, all.Sum(s => s.Signal.SamplesPerFrame));
    }

    private int ReadFrames(int frames, int[][]? samples)
    {
        if (_frames.Length < frames * _samplesPerFrame)
        {
            _frames = new int[frames * _samplesPerFrame];
        }
        int read = _source.Read(_frames.AsSpan(0, frames * _samplesPerFrame)) / _samplesPerFrame;
        for (int s = 0; s < _signals.Length; s++)
        {
            Take(s, read, samples?[_signals[s].Index]);
        }
        return read;
    }

    private void Take(int s, int frames, int[]? into)
    {
        int each = _signals[s].Signal.SamplesPerFrame;
        int sum = _sums[s];
        for (int frame = 0, n = 0; frame < frames; frame++)
        {
            int at = frame * _samplesPerFrame + _places[s];
            for (int i = 0; i < each; i++, n++)
            {
                int value = _format == 8 ? _running[s] = unchecked(_running[s] + _frames[at + i]) : _frames[at + i];
                sum = unchecked(sum + value);
                into?[n] = value;
            }
        }
        _sums[s] = sum;
    }
}
