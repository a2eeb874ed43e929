using System.Runtime.InteropServices;

namespace FieldNet.Slice.Stamp;

/// <summary>Receiving a datagram with what the kernel knows of it, where .NET offers no like of that.</summary>
/// <remarks>Source: Linux man-pages recvmsg(2), cmsg(3), ip(7), ipv6(7); the numbers are the kernel's for x86-64 and arm64.</remarks>
internal static partial class Libc
{
    public const int SolSocket = 1;
    public const int SoReceiveTimeout = 20;
    public const int SoTimestampNs = 35;
    public const int IpLevel = 0;
    public const int IpTos = 1;
    public const int IpTtl = 2;
    public const int IpReceiveTtl = 12;
    public const int IpReceiveTos = 13;
    public const int Ipv6Level = 41;
    public const int Ipv6ReceiveHopLimit = 51;
    public const int Ipv6HopLimit = 52;
    public const int Ipv6ReceiveTrafficClass = 66;
    public const int Ipv6TrafficClass = 67;

    [LibraryImport("libc", EntryPoint = "recvmsg", SetLastError = true)]
    public static partial nint ReceiveMessage(SafeHandle socket, ref MessageHeader message, int flags);

    /// <summary>struct msghdr.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct MessageHeader
    {
        public nint Name;
        public int NameLength;
        public nint Parts;
        public nint PartCount;
        public nint Control;
        public nint ControlLength;
        public int Flags;
    }
}
