using System.IO.Pipelines;
using System.Net.WebSockets;

namespace FieldNet.Mqtt.Transport;

/// <summary>A WebSocket's binary frames as a stream of bytes each way; where frames begin and end means nothing (MQTT 5.0, 6).</summary>
/// <remarks>Threading: two loops on the thread pool. Full policy: a full pipe stops its loop, and TCP pushes back.</remarks>
internal sealed class WebSocketPipe(WebSocket socket) : IDuplexPipe
{
    private static readonly PipeOptions Options = new(useSynchronizationContext: false);

    private readonly Pipe _received = new(Options);
    private readonly Pipe _sent = new(Options);

    public PipeReader Input => _received.Reader;

    public PipeWriter Output => _sent.Writer;

    /// <summary>The peer sent a text frame, which ends the connection (MQTT-6.0.0-1).</summary>
    public bool HasHeardText { get; private set; }

    /// <summary>Carries bytes until both ends are completed, then says good-bye as WebSockets do.</summary>
    /// <remarks>Errors: none; a connection that breaks completes both pipes. Abort the socket to end it against the peer's will.</remarks>
    public Task RunAsync() => Task.WhenAll(ReceiveAsync(), SendAsync());

    /// <summary>By the peer, or aborted by us or the host.</summary>
    private static bool IsBroken(Exception e) => e is WebSocketException or IOException or OperationCanceledException;

    private async Task ReceiveAsync()
    {
        Exception? broken = null;
        try
        {
            while (true)
            {
                var received = await socket.ReceiveAsync(_received.Writer.GetMemory(), CancellationToken.None).ConfigureAwait(false);
                HasHeardText = received.MessageType == WebSocketMessageType.Text;
                if (received.MessageType != WebSocketMessageType.Binary)
                {
                    break;
                }

                _received.Writer.Advance(received.Count);
                if ((await _received.Writer.FlushAsync().ConfigureAwait(false)).IsCompleted)
                {
                    // Nobody listens any more: the rest is read to hear the peer's close.
                    await DiscardAsync().ConfigureAwait(false);
                    break;
                }
            }
        }
        catch (Exception e) when (IsBroken(e))
        {
            broken = new IOException("the WebSocket broke", e);
        }

        await _received.Writer.CompleteAsync(broken).ConfigureAwait(false);
    }

    private async Task DiscardAsync()
    {
        var discarded = new byte[4096];
        while ((await socket.ReceiveAsync(discarded.AsMemory(), CancellationToken.None).ConfigureAwait(false)).MessageType != WebSocketMessageType.Close)
        {
        }
    }

    private async Task SendAsync()
    {
        try
        {
            ReadResult read;
            do
            {
                read = await _sent.Reader.ReadAsync().ConfigureAwait(false);
                foreach (var segment in read.Buffer)
                {
                    await socket.SendAsync(segment, WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None).ConfigureAwait(false);
                }

                _sent.Reader.AdvanceTo(read.Buffer.End);
            }
            while (!read.IsCompleted);

            var status = HasHeardText ? WebSocketCloseStatus.InvalidMessageType : WebSocketCloseStatus.NormalClosure;
            await socket.CloseOutputAsync(status, null, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e) when (IsBroken(e))
        {
            // The receiving loop sees it too, and says so.
        }

        await _sent.Reader.CompleteAsync().ConfigureAwait(false);
    }
}
