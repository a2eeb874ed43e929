using System.Buffers.Binary;

namespace FieldNet.Slice.Stamp;

/// <summary>What a Session-Sender sends.</summary>
/// <param name="Sequence">Rises by one from 0.</param>
/// <param name="SentBits">T1, by the sender's clock (<see cref="StampTime"/>).</param>
/// <param name="Ssid">Session identifier of RFC 8972; 0 none.</param>
/// <remarks>
/// Shape: big-endian; unauthenticated 44 octets, authenticated 112. What stands behind (TLVs of RFC 8972, padding) is nobody's here.
/// Source: RFC 8762 section 4.2, RFC 8972 section 3.
/// </remarks>
public readonly record struct SenderPacket(uint Sequence, ulong SentBits, ErrorEstimate Error, ushort Ssid)
{
    public const int Bytes = 44;
    public const int AuthenticatedBytes = 112;

    /// <summary>What a sender of TWAMP Light must send for its answer to be no larger.</summary>
    public const int LeastBytes = 41;

    /// <returns>False when it is too short, or its HMAC does not fit the key.</returns>
    public static bool TryRead(ReadOnlySpan<byte> packet, StampKey? key, out SenderPacket read)
    {
        read = default;
        if (packet.Length < (key is null ? LeastBytes : AuthenticatedBytes) || (key is not null && !key.Fits(packet)))
        {
            return false;
        }

        var times = key is null ? 4 : 16;
        read = new SenderPacket(
            BinaryPrimitives.ReadUInt32BigEndian(packet),
            BinaryPrimitives.ReadUInt64BigEndian(packet[times..]),
            ErrorEstimate.FromBits(BinaryPrimitives.ReadUInt16BigEndian(packet[(times + 8)..])),
            BinaryPrimitives.ReadUInt16BigEndian(packet[(times + 10)..]));
        return true;
    }

    /// <returns>How many octets were written.</returns>
    public int Write(Span<byte> packet, StampKey? key)
    {
        var (length, times) = key is null ? (Bytes, 4) : (AuthenticatedBytes, 16);
        packet[..length].Clear();
        BinaryPrimitives.WriteUInt32BigEndian(packet, Sequence);
        BinaryPrimitives.WriteUInt64BigEndian(packet[times..], SentBits);
        BinaryPrimitives.WriteUInt16BigEndian(packet[(times + 8)..], Error.ToBits());
        BinaryPrimitives.WriteUInt16BigEndian(packet[(times + 10)..], Ssid);
        key?.Sign(packet);
        return length;
    }
}
