using System.Buffers.Binary;

namespace FieldNet.Capture.Packets;

/// <summary>Takes a user's IP packet out of GTP-U: what a capture between base station and core (N3) holds.</summary>
/// <remarks>Source: 3GPP TS 29.281, sections 4.4.2.3 (port) and 5.1 (header).</remarks>
internal static class GtpTunnel
{
    private const byte Udp = 17;
    private const ushort Port = 2152;
    private const byte UserData = 0xFF;
    private const int UdpBytes = 8;
    private const int GtpBytes = 8;

    /// <returns>The inner packet, or the packet itself when it is no tunnel's.</returns>
    public static ReadOnlySpan<byte> InnerOf(ReadOnlySpan<byte> ip)
    {
        var at = UdpAt(ip);
        if (at == 0 || ip.Length < at + UdpBytes + GtpBytes || BinaryPrimitives.ReadUInt16BigEndian(ip[(at + 2)..]) != Port)
        {
            return ip;
        }

        var gtp = ip[(at + UdpBytes)..];
        // Version 1, protocol type GTP, and a message that carries a packet.
        if ((gtp[0] & 0xF0) != 0x30 || gtp[1] != UserData)
        {
            return ip;
        }

        var inner = gtp[GtpBytes..];
        if ((gtp[0] & 0x07) != 0)
        {
            // Sequence number, N-PDU number, and the type of the first extension header: each extension ends with the next one's.
            byte next = inner.Length >= 4 ? inner[3] : (byte)0;
            inner = inner.Length >= 4 ? inner[4..] : default;
            while ((gtp[0] & 0x04) != 0 && next != 0)
            {
                var length = inner.IsEmpty ? 0 : inner[0] * 4;
                if (length == 0 || length > inner.Length)
                {
                    return default;
                }

                next = inner[length - 1];
                inner = inner[length..];
            }
        }

        return inner;
    }

    /// <returns>0 when it is not UDP.</returns>
    private static int UdpAt(ReadOnlySpan<byte> ip) =>
        ip.IsEmpty ? 0
        : ip[0] >> 4 == 4 && ip.Length >= 20 && ip[9] == Udp ? (ip[0] & 0xF) * 4
        : ip[0] >> 4 == 6 && ip.Length >= 40 && ip[6] == Udp ? 40
        : 0;
}
