using FieldNet.Dashboard.Stream;

namespace FieldNet.Dashboard.Feed;

/// <summary>The last ten seconds of one waveform, cut by record number, so that a frame shows exactly what its record number says.</summary>
/// <remarks>
/// Shape: samples as received (little-endian int16) in one ring, what is known of each chunk in another. Full policy: oldest
/// overwritten; a fast waveform (over 1.6 kHz) or one in tiny chunks keeps less than ten seconds.
/// Threading: written by the sequencer thread, read by any; the lock is held for one copy of a few kilobytes.
/// </remarks>
internal sealed class WaveRing(string device, string signal)
{
    private const double WindowUs = 10_000_000;
    private const int MaxSamples = 16_384;
    private const int MaxChunks = 128;

    private readonly Lock _lock = new();
    private readonly Chunk[] _chunks = new Chunk[MaxChunks];
    private byte[] _samples = [];
    private double _periodUs;
    private long _samplesWritten;
    private long _chunksWritten;

    private int Capacity => _samples.Length / sizeof(short);

    /// <param name="startUs">Time of the first sample on the stream's axis.</param>
    /// <param name="samples">Copied.</param>
    public void Append(
        long record, long logTimeUs, double startUs, double periodUs, double gain, double offset, ReadOnlySpan<byte> samples)
    {
        lock (_lock)
        {
            if (periodUs != _periodUs)
            {
                Resize(periodUs);
            }

            var count = samples.Length / sizeof(short);
            var surplus = Math.Max(0, count - Capacity);
            _chunks[_chunksWritten++ % MaxChunks] = new Chunk(
                record, logTimeUs, startUs + (surplus * periodUs), gain, offset, _samplesWritten, count - surplus);
            Write(samples[(surplus * sizeof(short))..]);
        }
    }

    /// <summary>Adds the pieces of the records in (<paramref name="after"/>, <paramref name="through"/>], chunks that follow on joined.</summary>
    /// <param name="sinceUs">Chunks that came before this log time are too old to draw.</param>
    public void Read(long after, long through, long sinceUs, int bed, List<WaveDto> pieces)
    {
        lock (_lock)
        {
            for (var i = FirstChunk(after, sinceUs); i < _chunksWritten && At(i).Record <= through;)
            {
                var first = At(i);
                var count = first.Count;
                for (i++; i < _chunksWritten && At(i).Record <= through && At(i).Follows(first, count, _periodUs); i++)
                {
                    count += At(i).Count;
                }

                pieces.Add(new WaveDto(
                    bed, signal, device, Math.Round(first.StartUs) / 1000, _periodUs, first.Gain, first.Offset, Copy(first.FirstSample, count)));
            }
        }
    }

    private long FirstChunk(long after, long sinceUs)
    {
        var i = _chunksWritten;
        var oldest = Math.Max(0, _chunksWritten - MaxChunks);
        while (i > oldest && At(i - 1) is var chunk
            && chunk.Record > after && chunk.LogTimeUs >= sinceUs && chunk.FirstSample >= _samplesWritten - Capacity)
        {
            i--;
        }

        return i;
    }

    private ref Chunk At(long number) => ref _chunks[number % MaxChunks];

    private void Resize(double periodUs)
    {
        _periodUs = periodUs;
        _samples = new byte[sizeof(short) * (int)Math.Clamp(WindowUs / periodUs, 16, MaxSamples)];
        _samplesWritten = 0;
        _chunksWritten = 0;
    }

    private void Write(ReadOnlySpan<byte> samples)
    {
        var at = (int)(_samplesWritten % Capacity) * sizeof(short);
        var head = Math.Min(samples.Length, _samples.Length - at);
        samples[..head].CopyTo(_samples.AsSpan(at));
        samples[head..].CopyTo(_samples);
        _samplesWritten += samples.Length / sizeof(short);
    }

    private byte[] Copy(long firstSample, int count)
    {
        var copy = new byte[count * sizeof(short)];
        var at = (int)(firstSample % Capacity) * sizeof(short);
        var head = Math.Min(copy.Length, _samples.Length - at);
        _samples.AsSpan(at, head).CopyTo(copy);
        _samples.AsSpan(0, copy.Length - head).CopyTo(copy.AsSpan(head));
        return copy;
    }

    private readonly record struct Chunk(
        long Record, long LogTimeUs, double StartUs, double Gain, double Offset, long FirstSample, int Count)
    {
        // Places are computed by adding periods, so what follows on differs by rounding only.
        public bool Follows(in Chunk first, int count, double periodUs) =>
            Gain == first.Gain && Offset == first.Offset && Math.Abs(first.StartUs + (count * periodUs) - StartUs) < 1;
    }
}
