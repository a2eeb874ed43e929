namespace FieldNet.Capture.Wfdb;

/// <summary>The next frames of a record, as a <see cref="WfdbRecordReader"/> gives them.</summary>
/// <remarks>Lifetime: reused; valid until the reader's next block. A gap is one block, however long.</remarks>
public sealed class WfdbBlock
{
    private readonly int[][] _samples;
    private readonly int[] _counts;
    private readonly WfdbSignal?[] _sources;

    internal WfdbBlock(int signals)
    {
        _samples = new int[signals][];
        Array.Fill(_samples, []);
        _counts = new int[signals];
        _sources = new WfdbSignal?[signals];
    }

    /// <summary>Number of the block's first frame in the record, from 0.</summary>
    public long FirstFrame { get; internal set; }

    public long Frames { get; internal set; }

    /// <summary>A signal's digital values as stored, from the first frame on; fewer than its frames hold where its file ends, none in a gap.</summary>
    public ReadOnlySpan<int> Samples(int signal) => _samples[signal].AsSpan(0, _counts[signal]);

    /// <summary>The signal line that these values are of: a segment has its own gain and baseline. Null where there are none.</summary>
    public WfdbSignal? Source(int signal) => _sources[signal];

    internal void Clear(long firstFrame, long frames)
    {
        (FirstFrame, Frames) = (firstFrame, frames);
        Array.Clear(_counts);
        Array.Clear(_sources);
    }

    internal int[] Room(int signal, int samples)
    {
        if (_samples[signal].Length < samples)
        {
            _samples[signal] = new int[samples];
        }
        return _samples[signal];
    }

    internal void Set(int signal, int samples, WfdbSignal source) => (_counts[signal], _sources[signal]) = (samples, source);
}
