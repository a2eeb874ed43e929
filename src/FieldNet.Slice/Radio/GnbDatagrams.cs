using System.Net;
using System.Net.Sockets;
using System.Reactive.Linq;
using FieldNet.Slice.Sources;

namespace FieldNet.Slice.Radio;

/// <summary>The form of releases up to 24.10: the gNB sends each frame as a datagram to an address of ours.</summary>
internal static class GnbDatagrams
{
    private const int LargestDatagram = 64 * 1024;

    /// <summary>Binds the address and yields each datagram; fails when it can't.</summary>
    /// <remarks>Lifetime: a frame is valid until its observer returns. Loss: as UDP; the kernel's buffer is the only queue.</remarks>
    public static IObservable<ReadOnlyMemory<byte>> Receive(Uri address) =>
        Observable.Create<ReadOnlyMemory<byte>>(async (observer, cancellation) =>
        {
            var ours = IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip)
                ? ip
                : throw new NetworkSourceException($"'{address.Host}' is no address of this machine");
            using var socket = new Socket(ours.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            socket.Bind(new IPEndPoint(ours, address.Port));
            var buffer = new byte[LargestDatagram];
            while (true)
            {
                var length = await socket.ReceiveAsync(buffer, SocketFlags.None, cancellation).ConfigureAwait(false);
                observer.OnNext(buffer.AsMemory(0, length));
            }
        });
}
