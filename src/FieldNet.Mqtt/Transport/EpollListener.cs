using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace FieldNet.Mqtt.Transport;

/// <summary>A listening socket whose connections are plain descriptors.</summary>
/// <remarks>Threading: any loop may accept; dispose it when none does any more.</remarks>
internal sealed class EpollListener : IDisposable
{
    private const int AddressBytes = 28;

    private readonly Socket _socket;

    /// <exception cref="SocketException">The address can't be had.</exception>
    public EpollListener(IPEndPoint address, EpollOptions options)
    {
        _socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (address.Address.Equals(IPAddress.IPv6Any))
            {
                _socket.DualMode = true;
            }

            // On Linux an accepted socket has these of its listener, so they cost nothing per connection.
            _socket.NoDelay = true;
            DeadPeerProbe.Set(_socket, options.DeadPeerTimeout);
            _socket.Blocking = false;
            _socket.Bind(address);
            _socket.Listen(options.Backlog);
        }
        catch
        {
            _socket.Dispose();
            throw;
        }
    }

    public int Descriptor => (int)_socket.Handle;

    public IPEndPoint LocalEndPoint => (IPEndPoint)_socket.LocalEndPoint!;

    /// <returns>A descriptor; or -1 when there is no connection, or, by <paramref name="isExhausted"/>, the system has no room for one.</returns>
    public int Accept(out IPEndPoint? remote, out bool isExhausted)
    {
        Span<byte> address = stackalloc byte[AddressBytes];
        var length = AddressBytes;
        var fd = Libc.Accept(Descriptor, ref address[0], ref length, Libc.CloseOnExec | Libc.NonBlocking);
        remote = fd >= 0 ? Parse(address[..Math.Min(length, AddressBytes)]) : null;
        // Any other error is of the one connection that came to nothing.
        isExhausted = fd < 0 && Marshal.GetLastPInvokeError() is Libc.Emfile or Libc.Enfile or Libc.Enobufs or Libc.Enomem;
        return fd;
    }

    /// <summary>New peers are refused from now on. The descriptor stays, since a loop may be about to use it.</summary>
    public void Close()
    {
        if (!_socket.SafeHandle.IsClosed)
        {
            Libc.Shutdown(Descriptor, Libc.ShutdownBoth);
        }
    }

    public void Dispose() => _socket.Dispose();

    private static IPEndPoint? Parse(ReadOnlySpan<byte> address)
    {
        if (address.Length < 16)
        {
            return null;
        }

        var port = BinaryPrimitives.ReadUInt16BigEndian(address[2..]);
        if ((AddressFamily)address[0] == AddressFamily.InterNetwork)
        {
            return new IPEndPoint(new IPAddress(address.Slice(4, 4)), port);
        }

        var ip = new IPAddress(address.Slice(8, 16), BinaryPrimitives.ReadUInt32LittleEndian(address[24..]));
        return new IPEndPoint(ip.IsIPv4MappedToIPv6 ? ip.MapToIPv4() : ip, port);
    }
}
