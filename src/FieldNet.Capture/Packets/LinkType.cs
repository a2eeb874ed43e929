namespace FieldNet.Capture.Packets;

/// <summary>What a captured frame begins with, by the numbers that capture files use; only those that can be read are named.</summary>
/// <remarks>Source: tcpdump.org, "Link-layer header types".</remarks>
public enum LinkType : ushort
{
    /// <summary>BSD loopback: an address family in the byte order of the machine that captured.</summary>
    Null = 0,
    Ethernet = 1,
    RawBsd = 12,
    RawOpenBsd = 14,
    Raw = 101,

    /// <summary>OpenBSD loopback: an address family, big-endian.</summary>
    Loop = 108,
    LinuxCooked = 113,
    RawIpv4 = 228,
    RawIpv6 = 229,
    LinuxCooked2 = 276,
}
