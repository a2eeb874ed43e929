using System.Buffers.Binary;
using System.Text;
using Google.Protobuf;

namespace FieldNet.LoadBench.Traffic;

/// <summary>A PUBLISH packet encoded once; what differs from one message to the next is patched into it.</summary>
/// <remarks>
/// Shape: MQTT 3.1.1. The stamp's numbers are chosen so that their varints keep their width for years, so that the patch is a plain overwrite.
/// </remarks>
internal sealed class StampedPacket
{
    /// <summary>The first sequence number: five bytes as a varint, as are the next 34 thousand million.</summary>
    public const ulong FirstSeq = 1UL << 28;

    private const ulong FirstSentUs = 1UL << 50;
    private const int SeqBytes = 5;
    private const int TimeBytes = 8;

    private readonly byte[] _bytes;
    private readonly int _packetIdAt;
    private readonly int _seqAt;
    private readonly int _sentAt;

    private StampedPacket(byte[] bytes, int packetIdAt, int seqAt, int sentAt) =>
        (_bytes, _packetIdAt, _seqAt, _sentAt) = (bytes, packetIdAt, seqAt, sentAt);

    public int Length => _bytes.Length;

    /// <param name="message">Its stamp comes first and is <see cref="Stamp"/>.</param>
    public static StampedPacket Of(string topic, byte qos, IMessage message)
    {
        var (name, payload) = (Encoding.UTF8.GetBytes(topic), message.ToByteArray());
        var idBytes = qos > 0 ? sizeof(ushort) : 0;
        var rest = sizeof(ushort) + name.Length + idBytes + payload.Length;
        var bytes = new List<byte> { (byte)(0x30 | (qos << 1)) };
        for (var length = rest; ; length >>= 7)
        {
            bytes.Add((byte)((length & 0x7F) | (length > 0x7F ? 0x80 : 0)));
            if (length <= 0x7F)
            {
                break;
            }
        }

        bytes.AddRange([(byte)(name.Length >> 8), (byte)name.Length, .. name]);
        var packetIdAt = qos > 0 ? bytes.Count : -1;
        bytes.AddRange(new byte[idBytes]);
        var payloadAt = bytes.Count;
        bytes.AddRange(payload);
        return new StampedPacket([.. bytes], packetIdAt, payloadAt + Find(payload, FirstSeq, SeqBytes), payloadAt + Find(payload, FirstSentUs, TimeBytes));
    }

    public static Telemetry.Wire.Stamp Stamp() => new() { Epoch = 1, Seq = FirstSeq, SentTimeUs = (long)FirstSentUs, Mode = Telemetry.Wire.Stamp.Types.Mode.Test };

    public void CopyTo(Span<byte> packet) => _bytes.CopyTo(packet);

    public void Patch(Span<byte> packet, ulong seq, long sentUs, ushort packetId)
    {
        WriteVarint(packet[_seqAt..], seq, SeqBytes);
        WriteVarint(packet[_sentAt..], (ulong)sentUs, TimeBytes);
        if (_packetIdAt >= 0)
        {
            BinaryPrimitives.WriteUInt16BigEndian(packet[_packetIdAt..], packetId);
        }
    }

    private static int Find(byte[] payload, ulong value, int width)
    {
        Span<byte> varint = stackalloc byte[width];
        WriteVarint(varint, value, width);
        var at = payload.AsSpan().IndexOf(varint);
        return at >= 0 ? at : throw new ArgumentException("the message has no stamp to patch", nameof(payload));
    }

    private static void WriteVarint(Span<byte> into, ulong value, int width)
    {
        for (var i = 0; i < width - 1; i++, value >>= 7)
        {
            into[i] = (byte)(value | 0x80);
        }

        into[width - 1] = (byte)value;
    }
}
