using System.Buffers.Binary;

namespace FieldNet.Capture.Packets;

/// <summary>One TCP segment of a captured IP packet.</summary>
/// <remarks>
/// Lifetime: the payload aliases the frame. Loss: IP fragments are not put together (TCP does not send them); a payload that the snap length
/// cut is shorter than what was sent, which the stream then shows as a gap.
/// </remarks>
internal readonly ref struct TcpSegment
{
    private const byte Tcp = 6;
    private const int MinIpv4Bytes = 20;
    private const int Ipv6Bytes = 40;
    private const int MinTcpBytes = 20;

    public TcpEndpoint Source { get; private init; }

    public TcpEndpoint Destination { get; private init; }

    public uint Sequence { get; private init; }

    public uint Acknowledgement { get; private init; }

    public bool IsSyn { get; private init; }

    public bool IsAck { get; private init; }

    public bool IsFin { get; private init; }

    public bool IsReset { get; private init; }

    public ReadOnlySpan<byte> Payload { get; private init; }

    /// <summary>How many bytes were sent, whether captured or not.</summary>
    public int SentBytes { get; private init; }

    /// <returns>False when it is no whole TCP header.</returns>
    public static bool TryRead(ReadOnlySpan<byte> ip, out TcpSegment segment)
    {
        segment = default;
        return !ip.IsEmpty && (ip[0] >> 4) switch
        {
            4 => TryReadIpv4(ip, out segment),
            6 => TryReadIpv6(ip, out segment),
            _ => false,
        };
    }

    private static bool TryReadIpv4(ReadOnlySpan<byte> ip, out TcpSegment segment)
    {
        segment = default;
        var headerBytes = (ip[0] & 0xF) * 4;
        if (headerBytes < MinIpv4Bytes || ip.Length < headerBytes)
        {
            return false;
        }

        const int moreFragmentsOrOffset = 0x3FFF;
        var isFragment = (BinaryPrimitives.ReadUInt16BigEndian(ip[6..]) & moreFragmentsOrOffset) != 0;
        if (ip[9] != Tcp || isFragment)
        {
            return false;
        }

        // 0 where the card cut one large packet up for us: then all of the frame.
        var total = BinaryPrimitives.ReadUInt16BigEndian(ip[2..]);
        return TryReadTcp(ip.Slice(12, 4), ip.Slice(16, 4), ip[headerBytes..], total == 0 ? ip.Length - headerBytes : total - headerBytes, out segment);
    }

    private static bool TryReadIpv6(ReadOnlySpan<byte> ip, out TcpSegment segment)
    {
        segment = default;
        if (ip.Length < Ipv6Bytes)
        {
            return false;
        }

        int announced = BinaryPrimitives.ReadUInt16BigEndian(ip[4..]);
        var rest = ip[Ipv6Bytes..];
        announced = announced == 0 ? rest.Length : announced;
        var next = ip[6];
        // Hop-by-hop, routing and destination options: each names what follows it and its length in units of eight bytes.
        while (next is 0 or 43 or 60)
        {
            if (rest.Length < 8 || rest.Length < (rest[1] + 1) * 8)
            {
                return false;
            }

            next = rest[0];
            announced -= (rest[1] + 1) * 8;
            rest = rest[((rest[1] + 1) * 8)..];
        }

        return next == Tcp && TryReadTcp(ip.Slice(8, 16), ip.Slice(24, 16), rest, announced, out segment);
    }

    private static bool TryReadTcp(
        ReadOnlySpan<byte> source, ReadOnlySpan<byte> destination, ReadOnlySpan<byte> tcp, int announcedBytes, out TcpSegment segment)
    {
        segment = default;
        if (tcp.Length < MinTcpBytes)
        {
            return false;
        }

        var headerBytes = (tcp[12] >> 4) * 4;
        if (headerBytes < MinTcpBytes || tcp.Length < headerBytes || announcedBytes < headerBytes)
        {
            return false;
        }

        var flags = tcp[13];
        var sentBytes = announcedBytes - headerBytes;
        segment = new TcpSegment
        {
            Source = TcpEndpoint.Of(source, BinaryPrimitives.ReadUInt16BigEndian(tcp)),
            Destination = TcpEndpoint.Of(destination, BinaryPrimitives.ReadUInt16BigEndian(tcp[2..])),
            Sequence = BinaryPrimitives.ReadUInt32BigEndian(tcp[4..]),
            Acknowledgement = BinaryPrimitives.ReadUInt32BigEndian(tcp[8..]),
            IsFin = (flags & 0x01) != 0,
            IsSyn = (flags & 0x02) != 0,
            IsReset = (flags & 0x04) != 0,
            IsAck = (flags & 0x10) != 0,
            // What the frame has behind the IP packet is the link's padding.
            Payload = tcp[headerBytes..Math.Min(tcp.Length, announcedBytes)],
            SentBytes = sentBytes,
        };
        return true;
    }
}
