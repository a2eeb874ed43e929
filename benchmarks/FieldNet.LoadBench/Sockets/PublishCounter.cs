using System.Buffers.Binary;

namespace FieldNet.LoadBench.Sockets;

/// <summary>Counts the PUBLISH packets in what a subscriber receives, and writes the PUBACKs that they ask for.</summary>
internal sealed class PublishCounter
{
    private readonly byte[] _acks = new byte[256 * 1024];
    private readonly byte[] _rest = new byte[128 * 1024];
    private int _kept;
    private int _ackBytes;

    public long Count { get; private set; }

    /// <summary>The PUBACKs of what was read since the last call.</summary>
    public ReadOnlySpan<byte> TakeAcks()
    {
        var acks = _acks.AsSpan(0, _ackBytes);
        _ackBytes = 0;
        return acks;
    }

    public void Read(ReadOnlySpan<byte> received)
    {
        received.CopyTo(_rest.AsSpan(_kept));
        var left = _rest.AsSpan(0, _kept + received.Length);
        while (TryFrame(left, out var head, out var total))
        {
            Take(left[..total], head);
            left = left[total..];
        }

        _kept = left.Length;
        left.CopyTo(_rest);
    }

    private static bool TryFrame(ReadOnlySpan<byte> bytes, out int head, out int total)
    {
        (head, total) = (1, 0);
        for (var length = 0; head < bytes.Length && head <= 4;)
        {
            var b = bytes[head];
            length |= (b & 0x7F) << (7 * (head - 1));
            head++;
            if (b < 0x80)
            {
                total = head + length;
                return bytes.Length >= total;
            }
        }

        return false;
    }

    private void Take(ReadOnlySpan<byte> packet, int head)
    {
        if (packet[0] >> 4 != 3)
        {
            return;
        }

        Count++;
        if ((packet[0] & 0b0110) != 0)
        {
            var idAt = head + sizeof(ushort) + BinaryPrimitives.ReadUInt16BigEndian(packet[head..]);
            ReadOnlySpan<byte> ack = [0x40, 2, packet[idAt], packet[idAt + 1]];
            ack.CopyTo(_acks.AsSpan(_ackBytes));
            _ackBytes += ack.Length;
        }
    }
}
