using FieldNet.Telemetry.Messages;

namespace FieldNet.Dashboard.Feed;

/// <summary>The sequencer's side of one waveform: keeps what is new and live, and gives it its time.</summary>
/// <remarks>
/// Loss: duplicates, old chunks, and what repairs history are left out: they belong to the log, not to a live trace.
/// Threading: the sequencer thread.
/// </remarks>
internal sealed class WaveStream(WaveRing ring, DeviceClock clock)
{
    /// <summary>A sender that restarts with an older epoch or sequence is believed after this silence.</summary>
    private const long ForgetUs = 10_000_000;

    private readonly WaveAxis _axis = new(clock);
    private byte[] _blank = [];
    private uint _epoch;
    private ulong? _seq;

    public WaveRing Ring => ring;

    /// <summary>Log time of the newest chunk kept.</summary>
    public long NewestUs { get; private set; }

    public void Accept(in WaveChunk chunk, long record, long logTimeUs, long receivedUs)
    {
        ref readonly var stamp = ref chunk.Stamp;
        if (stamp.Historical || stamp.Mode == DataMode.Replay || IsOld(stamp, logTimeUs))
        {
            return;
        }

        var startUs = _axis.Place(stamp, IsUnbroken(stamp), receivedUs, chunk.SamplePeriodUs, chunk.Count);
        ring.Append(record, logTimeUs, startUs, chunk.SamplePeriodUs, chunk.Gain, chunk.Offset, Shown(chunk));
        (_epoch, _seq, NewestUs) = (stamp.Epoch, stamp.HasSeq ? stamp.Seq : null, logTimeUs);
    }

    private bool IsOld(in Stamp stamp, long logTimeUs) =>
        stamp.HasSeq && _seq is { } seq && logTimeUs - NewestUs < ForgetUs
        && (stamp.Epoch < _epoch || (stamp.Epoch == _epoch && stamp.Seq <= seq));

    private bool? IsUnbroken(in Stamp stamp) =>
        stamp.HasSeq && _seq is { } seq && stamp.Epoch == _epoch ? stamp.Seq == seq + 1 : null;

    /// <summary>Samples that the device itself disowns are missing ones: a trace must not look valid.</summary>
    private ReadOnlySpan<byte> Shown(in WaveChunk chunk)
    {
        if (chunk.Validity is not (Validity.Invalid or Validity.NotAvailable))
        {
            return chunk.Samples;
        }

        if (_blank.Length < chunk.Samples.Length)
        {
            _blank = new byte[chunk.Samples.Length];
            System.Runtime.InteropServices.MemoryMarshal.Cast<byte, ushort>(_blank.AsSpan()).Fill(MissingSample);
        }

        return _blank.AsSpan(0, chunk.Samples.Length);
    }

    /// <summary>-32768 in little-endian order on any machine.</summary>
    private static ushort MissingSample => BitConverter.IsLittleEndian ? (ushort)0x8000 : (ushort)0x0080;
}
