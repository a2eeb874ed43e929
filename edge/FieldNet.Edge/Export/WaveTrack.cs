using System.Buffers.Binary;
using FieldNet.Telemetry.Messages;
using FieldNet.Telemetry.Topics;

namespace FieldNet.Edge.Export;

/// <summary>One waveform in one scale, put together in a scratch file whatever order its chunks come in.</summary>
/// <remarks>
/// Shape: a sample is stored with its top bit turned, so that what nobody wrote, a hole of zeros that takes no room on the disk, reads as
/// the wire's missing sample. Lifetime: the file goes with the track.
/// </remarks>
internal sealed class WaveTrack : IDisposable
{
    private const ushort Turned = 0x8000;

    private readonly FileStream _scratch;
    private readonly long _originUs;
    private readonly long _limit;
    private byte[] _bytes = [];

    public WaveTrack(string scratchPath, Topic topic, in WaveChunk chunk, long originUs, ExportSpan span)
    {
        (Topic, PeriodUs, Gain, Offset, _originUs) = (topic, chunk.SamplePeriodUs, chunk.Gain, chunk.Offset, originUs);
        _limit = (long)Math.Ceiling((span.ToUs - originUs) / PeriodUs);
        _scratch = new FileStream(scratchPath, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
    }

    public Topic Topic { get; }

    public double PeriodUs { get; }

    public double Gain { get; }

    public double Offset { get; }

    /// <summary>Indices of the first sample there is, and of the one behind the last.</summary>
    public long First { get; private set; } = long.MaxValue;

    public long End { get; private set; }

    public double FirstUs => _originUs + (First * PeriodUs);

    /// <summary>The index that stands nearest to a time.</summary>
    public long IndexAt(double us) => (long)Math.Round((us - _originUs) / PeriodUs);

    /// <summary>Writes what lies within the span.</summary>
    public void Write(long index, ReadOnlySpan<byte> samples)
    {
        var skipped = Math.Max(0, -index);
        var count = Math.Min(samples.Length / 2, _limit - index) - skipped;
        if (count <= 0)
        {
            return;
        }

        Room((int)count);
        for (var i = 0; i < count; i++)
        {
            var sample = BinaryPrimitives.ReadUInt16LittleEndian(samples[(int)(2 * (skipped + i))..]);
            BinaryPrimitives.WriteUInt16LittleEndian(_bytes.AsSpan(2 * i), (ushort)(sample ^ Turned));
        }

        RandomAccess.Write(_scratch.SafeFileHandle, _bytes.AsSpan(0, 2 * (int)count), 2 * (index + skipped));
        First = Math.Min(First, index + skipped);
        End = Math.Max(End, index + skipped + count);
    }

    /// <summary>Reads on from an index; what is not there is missing.</summary>
    public void Read(long index, Span<int> samples)
    {
        Room(samples.Length);
        var bytes = _bytes.AsSpan(0, 2 * samples.Length);
        bytes.Clear();
        var skipped = (int)Math.Clamp(-index, 0, samples.Length);
        var read = 2 * skipped;
        while (read < bytes.Length && RandomAccess.Read(_scratch.SafeFileHandle, bytes[read..], (2 * index) + read) is var got && got > 0)
        {
            read += got;
        }

        for (var i = 0; i < samples.Length; i++)
        {
            samples[i] = (short)(BinaryPrimitives.ReadUInt16LittleEndian(bytes[(2 * i)..]) ^ Turned);
        }
    }

    public void Dispose() => _scratch.Dispose();

    private void Room(int samples)
    {
        if (_bytes.Length < 2 * samples)
        {
            _bytes = new byte[2 * samples];
        }
    }
}
