using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace FieldNet.Slice.Stamp;

/// <summary>A UDP socket that tells when the kernel received, with what time to live, and sends with a DSCP.</summary>
/// <remarks>
/// On Linux by recvmsg and SO_TIMESTAMPNS, so that our own scheduling is no delay of the network's; elsewhere the time is read behind the call, and
/// time to live and DSCP are unknown. Threading: one thread receives, one sends.
/// </remarks>
internal sealed class DatagramSocket : IDisposable
{
    private const int ControlBytes = 256;
    private const int AddressBytes = 128;
    private const int HeaderBytes = 16;

    /// <summary>How often a receiver that hears nothing looks whether it is to stop.</summary>
    private const int LookEveryMs = 200;

    private readonly StampClock _clock;
    private readonly Socket _socket;
    private readonly bool _isIpv6;
    private readonly byte[] _control = GC.AllocateArray<byte>(ControlBytes, pinned: true);
    private readonly byte[] _name = GC.AllocateArray<byte>(AddressBytes, pinned: true);
    private readonly nint[] _part = GC.AllocateArray<nint>(2, pinned: true);
    private int? _dscp;

    /// <param name="dscp">0 to 63, of what is sent; null leaves the system's.</param>
    /// <exception cref="SocketException">The address can't be had.</exception>
    public DatagramSocket(IPEndPoint bind, int? dscp, StampClock clock)
    {
        _clock = clock;
        _isIpv6 = bind.AddressFamily == AddressFamily.InterNetworkV6;
        _socket = new Socket(bind.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            AskForNotes();
            UseDscp(dscp);
            _socket.Bind(bind);
        }
        catch
        {
            _socket.Dispose();
            throw;
        }
    }

    public IPEndPoint LocalEndPoint => (IPEndPoint)_socket.LocalEndPoint!;

    public void Connect(IPEndPoint peer) => _socket.Connect(peer);

    /// <param name="buffer">Pinned: made by <see cref="Buffer"/>.</param>
    /// <param name="from">Gets the sender's address.</param>
    /// <returns>How many bytes; 0 or less when nothing came for a while, or the peer's machine refuses.</returns>
    public int Receive(byte[] buffer, SocketAddress from, out DatagramNote note)
    {
        if (OperatingSystem.IsLinux())
        {
            return ReceiveMessage(buffer, from, out note);
        }

        try
        {
            var count = _socket.ReceiveFrom(buffer, SocketFlags.None, from);
            note = new DatagramNote(_clock.UtcNs, 0, 0, null);
            return count;
        }
        catch (SocketException)
        {
            note = default;
            return -1;
        }
    }

    /// <summary>Room for a datagram, where the kernel may write.</summary>
    public static byte[] Buffer(int bytes) => GC.AllocateArray<byte>(bytes, pinned: true);

    /// <returns>False when the system has no room or no way: the packet is lost, as packets are.</returns>
    public bool TrySend(ReadOnlySpan<byte> packet)
    {
        try
        {
            return _socket.Send(packet) == packet.Length;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <inheritdoc cref="TrySend"/>
    public bool TrySendTo(ReadOnlySpan<byte> packet, SocketAddress to)
    {
        try
        {
            return _socket.SendTo(packet, SocketFlags.None, to) == packet.Length;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    public void Dispose() => _socket.Dispose();

    /// <summary>Sends with this DSCP from now on; null leaves it as it is.</summary>
    public void UseDscp(int? dscp)
    {
        if (dscp is { } codePoint && dscp != _dscp && OperatingSystem.IsLinux())
        {
            _dscp = dscp;
            Switch(_isIpv6 ? Libc.Ipv6Level : Libc.IpLevel, _isIpv6 ? Libc.Ipv6TrafficClass : Libc.IpTos, codePoint << 2);
        }
    }

    private void AskForNotes()
    {
        _socket.ReceiveTimeout = LookEveryMs;
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        // struct timeval; the socket's own property keeps the time in .NET, which recvmsg does not know.
        _socket.SetRawSocketOption(Libc.SolSocket, Libc.SoReceiveTimeout, MemoryMarshal.AsBytes<long>([0, LookEveryMs * 1000]));
        Switch(Libc.SolSocket, Libc.SoTimestampNs, 1);
        Switch(_isIpv6 ? Libc.Ipv6Level : Libc.IpLevel, _isIpv6 ? Libc.Ipv6ReceiveHopLimit : Libc.IpReceiveTtl, 1);
        Switch(_isIpv6 ? Libc.Ipv6Level : Libc.IpLevel, _isIpv6 ? Libc.Ipv6ReceiveTrafficClass : Libc.IpReceiveTos, 1);
    }

    private void Switch(int level, int option, int value) => _socket.SetRawSocketOption(level, option, MemoryMarshal.AsBytes(new ReadOnlySpan<int>(in value)));

    private int ReceiveMessage(byte[] buffer, SocketAddress from, out DatagramNote note)
    {
        (_part[0], _part[1]) = (Marshal.UnsafeAddrOfPinnedArrayElement(buffer, 0), buffer.Length);
        var message = new Libc.MessageHeader
        {
            Name = Marshal.UnsafeAddrOfPinnedArrayElement(_name, 0),
            NameLength = Math.Min(_name.Length, from.Buffer.Length),
            Parts = Marshal.UnsafeAddrOfPinnedArrayElement(_part, 0),
            PartCount = 1,
            Control = Marshal.UnsafeAddrOfPinnedArrayElement(_control, 0),
            ControlLength = _control.Length,
        };
        var count = (int)Libc.ReceiveMessage(_socket.SafeHandle, ref message, 0);
        var nowNs = _clock.UtcNs;
        note = default;
        if (count > 0)
        {
            _name.AsSpan(0, message.NameLength).CopyTo(from.Buffer.Span);
            from.Size = message.NameLength;
            note = NoteOf(_control.AsSpan(0, (int)message.ControlLength), nowNs);
        }

        return count;
    }

    /// <summary>Control messages: length (8), level (4), type (4), content, all padded to 8.</summary>
    private static DatagramNote NoteOf(ReadOnlySpan<byte> control, long nowNs)
    {
        var (receivedNs, ttl, dscp) = (nowNs, (byte)0, (byte?)null);
        while (control.Length >= HeaderBytes && BinaryPrimitives.ReadInt64LittleEndian(control) is var length && length >= HeaderBytes && length <= control.Length)
        {
            var content = control[HeaderBytes..(int)length];
            switch (BinaryPrimitives.ReadInt32LittleEndian(control[8..]), BinaryPrimitives.ReadInt32LittleEndian(control[12..]))
            {
                case (Libc.SolSocket, Libc.SoTimestampNs):
                    receivedNs = (BinaryPrimitives.ReadInt64LittleEndian(content) * 1_000_000_000) + BinaryPrimitives.ReadInt64LittleEndian(content[8..]);
                    break;
                case (Libc.IpLevel, Libc.IpTtl) or (Libc.Ipv6Level, Libc.Ipv6HopLimit):
                    ttl = content[0];
                    break;
                case (Libc.IpLevel, Libc.IpTos) or (Libc.Ipv6Level, Libc.Ipv6TrafficClass):
                    dscp = (byte)(content[0] >> 2);
                    break;
            }

            control = control[(int)Math.Min(control.Length, (length + 7) & ~7)..];
        }

        // A step of the wall clock between kernel and us would be no age.
        var ageNs = nowNs - receivedNs;
        return ageNs is >= 0 and < 1_000_000_000 ? new DatagramNote(receivedNs, ageNs, ttl, dscp) : new DatagramNote(nowNs, 0, ttl, dscp);
    }
}
