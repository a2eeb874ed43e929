using System.Buffers.Binary;

namespace FieldNet.Slice.Stamp;

/// <summary>What a Session-Reflector answers.</summary>
/// <param name="Sequence">Its own count of the session when it is stateful, else the sender's.</param>
/// <param name="SentBits">T3, when the answer was sent.</param>
/// <param name="ReceivedBits">T2, when the request came.</param>
/// <param name="Request">What the sender had sent.</param>
/// <param name="RequestTtl">The request's time to live as it came; 0 unknown.</param>
/// <remarks>Shape: as <see cref="SenderPacket"/>. Source: RFC 8762 section 4.3; octets 0 to 40 are those of RFC 5357 section 4.2.1 as well.</remarks>
public readonly record struct ReflectorPacket(uint Sequence, ulong SentBits, ErrorEstimate Error, ulong ReceivedBits, SenderPacket Request, byte RequestTtl)
{
    /// <returns>False when it is too short, or its HMAC does not fit the key.</returns>
    public static bool TryRead(ReadOnlySpan<byte> packet, StampKey? key, out ReflectorPacket read)
    {
        read = default;
        if (packet.Length < (key is null ? SenderPacket.LeastBytes : SenderPacket.AuthenticatedBytes) || (key is not null && !key.Fits(packet)))
        {
            return false;
        }

        var at = key is null ? Layout.Open : Layout.Authenticated;
        var ssid = BinaryPrimitives.ReadUInt16BigEndian(packet[(at.Error + 2)..]);
        read = new ReflectorPacket(
            BinaryPrimitives.ReadUInt32BigEndian(packet),
            BinaryPrimitives.ReadUInt64BigEndian(packet[at.Sent..]),
            ErrorEstimate.FromBits(BinaryPrimitives.ReadUInt16BigEndian(packet[at.Error..])),
            BinaryPrimitives.ReadUInt64BigEndian(packet[at.Received..]),
            new SenderPacket(
                BinaryPrimitives.ReadUInt32BigEndian(packet[at.RequestSequence..]),
                BinaryPrimitives.ReadUInt64BigEndian(packet[at.RequestSent..]),
                ErrorEstimate.FromBits(BinaryPrimitives.ReadUInt16BigEndian(packet[at.RequestError..])),
                ssid),
            packet[at.RequestTtl]);
        return true;
    }

    /// <param name="packet">At least as long as the packet; an unauthenticated one may end behind the time to live, as TWAMP's does.</param>
    public void Write(Span<byte> packet, StampKey? key)
    {
        var at = key is null ? Layout.Open : Layout.Authenticated;
        packet[..(key is null ? Math.Min(packet.Length, SenderPacket.Bytes) : SenderPacket.AuthenticatedBytes)].Clear();
        BinaryPrimitives.WriteUInt32BigEndian(packet, Sequence);
        BinaryPrimitives.WriteUInt64BigEndian(packet[at.Sent..], SentBits);
        BinaryPrimitives.WriteUInt16BigEndian(packet[at.Error..], Error.ToBits());
        BinaryPrimitives.WriteUInt16BigEndian(packet[(at.Error + 2)..], Request.Ssid);
        BinaryPrimitives.WriteUInt64BigEndian(packet[at.Received..], ReceivedBits);
        BinaryPrimitives.WriteUInt32BigEndian(packet[at.RequestSequence..], Request.Sequence);
        BinaryPrimitives.WriteUInt64BigEndian(packet[at.RequestSent..], Request.SentBits);
        BinaryPrimitives.WriteUInt16BigEndian(packet[at.RequestError..], Request.Error.ToBits());
        packet[at.RequestTtl] = RequestTtl;
        key?.Sign(packet);
    }

    /// <summary>Where each field begins.</summary>
    private readonly record struct Layout(int Sent, int Error, int Received, int RequestSequence, int RequestSent, int RequestError, int RequestTtl)
    {
        public static readonly Layout Open = new(4, 12, 16, 24, 28, 36, 40);
        public static readonly Layout Authenticated = new(16, 24, 32, 48, 64, 72, 80);
    }
}
