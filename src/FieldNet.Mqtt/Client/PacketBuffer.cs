using System.Buffers;
using FieldNet.Mqtt.Packets;

namespace FieldNet.Mqtt.Client;

/// <summary>The client's receive buffer: filled by the socket, emptied packet by packet.</summary>
/// <remarks>
/// Threading: the client's read loop.
/// Lifetime: a packet's body aliases the buffer until the next <see cref="Space"/>. It grows to the largest packet received, within the limit.
/// </remarks>
internal sealed class PacketBuffer(int maxPacketBytes)
{
    private const int InitialBytes = 4096;

    private byte[] _bytes = new byte[InitialBytes];
    private int _start;
    private int _end;

    /// <summary>Where to receive; never empty.</summary>
    public Memory<byte> Space()
    {
        if (_start > 0)
        {
            _bytes.AsSpan(_start, _end - _start).CopyTo(_bytes);
            _end -= _start;
            _start = 0;
        }

        if (_end == _bytes.Length)
        {
            Array.Resize(ref _bytes, (int)Math.Min(2L * _bytes.Length, maxPacketBytes + (long)InitialBytes));
        }

        return _bytes.AsMemory(_end);
    }

    public void Received(int count) => _end += count;

    public FrameStatus TryTake(out byte header, out ReadOnlyMemory<byte> body)
    {
        var rest = new ReadOnlySequence<byte>(_bytes, _start, _end - _start);
        var status = MqttFramer.TryReadFrame(ref rest, maxPacketBytes, out header, out var framed);
        body = framed.First;
        if (status == FrameStatus.Complete)
        {
            _start = _end - (int)rest.Length;
        }

        return status;
    }
}
