using System.Net.WebSockets;
using System.Reactive.Linq;
using FieldNet.Slice.Sources;

namespace FieldNet.Slice.Radio;

/// <summary>The gNB's remote control: plain WebSocket, no authentication, one text frame per layer and period.</summary>
/// <remarks>
/// The gNB drops frames of a client that reads slowly, and does not say so; ours does nothing between two reads that waits.
/// It pings, and ends what does not answer for 120 s; the socket answers by itself.
/// </remarks>
internal static class GnbWebSocket
{
    /// <summary>A cell with 64 terminals takes 80 KB.</summary>
    internal const int MaxFrameBytes = 1024 * 1024;

    private const int FirstBufferBytes = 64 * 1024;

    private static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(2), PongWithin = TimeSpan.FromSeconds(4);

    /// <summary>Connects, subscribes, and yields each frame; fails when the connection does.</summary>
    /// <remarks>Lifetime: a frame is valid until its observer returns.</remarks>
    public static IObservable<ReadOnlyMemory<byte>> Receive(Uri address, ReaderCounts counts) =>
        Observable.Create<ReadOnlyMemory<byte>>(async (observer, cancellation) =>
        {
            using var socket = new ClientWebSocket();
            socket.Options.KeepAliveInterval = PingEvery;
            socket.Options.KeepAliveTimeout = PongWithin;
            socket.Options.Proxy = null;
            await socket.ConnectAsync(address, cancellation).ConfigureAwait(false);
            await socket.SendAsync("{\"cmd\":\"metrics_subscribe\"}"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, cancellation).ConfigureAwait(false);
            await ReadAsync(socket, observer, counts, cancellation).ConfigureAwait(false);
        });

    private static async Task ReadAsync(ClientWebSocket socket, IObserver<ReadOnlyMemory<byte>> observer, ReaderCounts counts, CancellationToken cancellation)
    {
        var buffer = new byte[FirstBufferBytes];
        var length = 0;
        var isTooLarge = false;
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(length), cancellation).ConfigureAwait(false);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return;
            }

            length += part.Count;
            if (part.EndOfMessage)
            {
                if (isTooLarge)
                {
                    counts.CountTooLarge();
                }
                else if (part.MessageType == WebSocketMessageType.Text)
                {
                    observer.OnNext(buffer.AsMemory(0, length));
                }

                (length, isTooLarge) = (0, false);
            }
            else if (length == MaxFrameBytes)
            {
                (length, isTooLarge) = (0, true);
            }
            else if (length == buffer.Length)
            {
                Array.Resize(ref buffer, Math.Min(2 * length, MaxFrameBytes));
            }
        }
    }
}
