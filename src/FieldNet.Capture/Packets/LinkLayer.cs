using System.Buffers.Binary;

namespace FieldNet.Capture.Packets;

/// <summary>Finds the IP packet in a frame.</summary>
internal static class LinkLayer
{
    private const ushort Ipv4 = 0x0800;
    private const ushort Ipv6 = 0x86DD;
    private const int VlanBytes = 4;

    /// <returns>The IP packet with whatever padding lies behind it; empty when there is none, or the link type is not known.</returns>
    public static ReadOnlySpan<byte> IpOf(in CapturedFrame frame) => frame.Link switch
    {
        LinkType.Ethernet => BehindEtherType(frame.Bytes, 12),
        LinkType.LinuxCooked => BehindEtherType(frame.Bytes, 14),
        LinkType.LinuxCooked2 => BehindCooked2(frame.Bytes),
        LinkType.Null or LinkType.Loop => From(frame.Bytes, 4),
        LinkType.Raw or LinkType.RawBsd or LinkType.RawOpenBsd or LinkType.RawIpv4 or LinkType.RawIpv6 => frame.Bytes,
        _ => default,
    };

    private static ReadOnlySpan<byte> BehindEtherType(ReadOnlySpan<byte> frame, int at)
    {
        // VLAN tags, also stacked: 802.1Q, 802.1ad and the older 0x9100.
        while (TypeAt(frame, at) is 0x8100 or 0x88A8 or 0x9100)
        {
            at += VlanBytes;
        }

        return TypeAt(frame, at) is Ipv4 or Ipv6 ? frame[(at + 2)..] : default;
    }

    // The version 2 header begins with the type; a VLAN tag would lie behind the header.
    private static ReadOnlySpan<byte> BehindCooked2(ReadOnlySpan<byte> frame) => TypeAt(frame, 0) switch
    {
        Ipv4 or Ipv6 => From(frame, 20),
        0x8100 or 0x88A8 when TypeAt(frame, 22) is Ipv4 or Ipv6 => From(frame, 24),
        _ => default,
    };

    private static ushort TypeAt(ReadOnlySpan<byte> frame, int at) =>
        frame.Length - at < 2 ? (ushort)0 : BinaryPrimitives.ReadUInt16BigEndian(frame[at..]);

    private static ReadOnlySpan<byte> From(ReadOnlySpan<byte> frame, int at) => frame.Length < at ? default : frame[at..];
}
