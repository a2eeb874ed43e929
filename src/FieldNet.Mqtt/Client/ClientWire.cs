using System.Net.Security;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Authentication;

namespace FieldNet.Mqtt.Client;

/// <summary>The bytes of one connection, over TCP, TLS or WebSocket.</summary>
/// <remarks>Threading: one receiver, one sender, and anyone to close. Errors: <see cref="IsFault"/> knows what any of them throws.</remarks>
internal sealed class ClientWire
{
    private readonly Stream _stream;
    private readonly Socket? _socket;
    private readonly WebSocket? _webSocket;

    private ClientWire(Stream stream, Socket? socket, WebSocket? webSocket) => (_stream, _socket, _webSocket) = (stream, socket, webSocket);

    public static async Task<ClientWire> OpenAsync(MqttServerAddress server, MqttTlsOptions? tls, CancellationToken cancellationToken) =>
        server.WebSocket is { } address
            ? await OpenWebSocketAsync(address, tls, cancellationToken).ConfigureAwait(false)
            : await OpenStreamAsync(server, tls, cancellationToken).ConfigureAwait(false);

    /// <summary>The connection could not be made, or is gone.</summary>
    /// <remarks>A WebSocket that was closed under a call says that the call was cancelled, though nobody could cancel it.</remarks>
    public static bool IsFault(Exception error) =>
        error is IOException or SocketException or ObjectDisposedException or AuthenticationException or WebSocketException or HttpRequestException or OperationCanceledException;

    /// <returns>0 at the end of the stream.</returns>
    public ValueTask<int> ReceiveAsync(Memory<byte> target) => _stream.ReadAsync(target);

    public ValueTask SendAsync(ReadOnlyMemory<byte> bytes) => _stream.WriteAsync(bytes);

    /// <summary>Nothing more will be sent; the server's side stays open.</summary>
    public async ValueTask EndSendingAsync()
    {
        if (_webSocket is not null)
        {
            await _webSocket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None).ConfigureAwait(false);
            return;
        }

        if (_stream is SslStream tls)
        {
            await tls.ShutdownAsync().ConfigureAwait(false);
        }

        _socket!.Shutdown(SocketShutdown.Send);
    }

    /// <param name="reset">With a reset, as a pulled plug would.</param>
    public void Close(bool reset)
    {
        if (reset)
        {
            _webSocket?.Abort();
            _socket?.Close(timeout: 0);
        }

        // Whoever still reads or writes finds the socket gone: a TLS stream must not be disposed under them before it.
        _socket?.Dispose();
        _webSocket?.Dispose();
        _stream.Dispose();
    }

    private static async Task<ClientWire> OpenStreamAsync(MqttServerAddress server, MqttTlsOptions? tls, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(server.Host, server.Port, cancellationToken).ConfigureAwait(false);
            Stream stream = new NetworkStream(socket);
            if (server.UsesTls)
            {
                var secure = new SslStream(stream);
                await secure.AuthenticateAsClientAsync((tls ?? new MqttTlsOptions()).For(server.Host), cancellationToken).ConfigureAwait(false);
                stream = secure;
            }

            return new ClientWire(stream, socket, webSocket: null);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task<ClientWire> OpenWebSocketAsync(Uri address, MqttTlsOptions? tls, CancellationToken cancellationToken)
    {
        var webSocket = new ClientWebSocket();
        // 6.0.0-3: the subprotocol is named so. MQTT has its own keep-alive.
        webSocket.Options.AddSubProtocol("mqtt");
        webSocket.Options.KeepAliveInterval = TimeSpan.Zero;
        using var handler = new SocketsHttpHandler { SslOptions = (tls ?? new MqttTlsOptions()).For(address.IdnHost) };
        using var invoker = new HttpMessageInvoker(handler);
        try
        {
            await webSocket.ConnectAsync(address, invoker, cancellationToken).ConfigureAwait(false);
            return new ClientWire(WebSocketStream.Create(webSocket, WebSocketMessageType.Binary), socket: null, webSocket);
        }
        catch
        {
            webSocket.Dispose();
            throw;
        }
    }
}
