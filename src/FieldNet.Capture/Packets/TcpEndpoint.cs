using System.Buffers.Binary;
using System.Net;

namespace FieldNet.Capture.Packets;

/// <summary>One side of a TCP connection.</summary>
/// <param name="Address">IPv4 addresses are mapped into IPv6, as the standard does it.</param>
/// <param name="Port">As in the segment.</param>
public readonly record struct TcpEndpoint(UInt128 Address, ushort Port)
{
    private const ulong MappedPrefix = 0xFFFF_0000_0000;

    public static TcpEndpoint Of(ReadOnlySpan<byte> address, ushort port) => new(
        address.Length == 4
            ? MappedPrefix | BinaryPrimitives.ReadUInt32BigEndian(address)
            : BinaryPrimitives.ReadUInt128BigEndian(address),
        port);

    public IPEndPoint ToIPEndPoint()
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, Address);
        var address = new IPAddress(bytes);
        return new IPEndPoint(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address, Port);
    }

    public override string ToString() => ToIPEndPoint().ToString();
}
