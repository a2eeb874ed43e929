using System.Net;
using System.Net.WebSockets;
using FieldNet.Mqtt.Packets;
using FieldNet.Mqtt.Tests.Endpoint;
using FieldNet.Telemetry;

namespace FieldNet.Mqtt.Tests.Transport;

public sealed class MqttWebSocketTests
{
    private static readonly byte[] Connect = [0x10, 13, 0, 4, (byte)'M', (byte)'Q', (byte)'T', (byte)'T', 4, 2, 0, 0, 0, 1, (byte)'c'];
    private static readonly byte[] ConnAck = [0x20, 2, 0, 0];
    private static readonly byte[] Ping = [0xC0, 0];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("mqtt")]
    [InlineData("mqttv3.1")]
    public async Task Accept_Subprotocol_IsEchoed(string subprotocol)
    {
        await using var host = await EndpointHost.StartAsync();
        using var socket = await OpenAsync(host, subprotocol);

        await SendAsync(socket, Connect);

        Assert.Equal(ConnAck, await ReadAsync(socket, ConnAck.Length));
        Assert.Equal(subprotocol, socket.SubProtocol);
    }

    [Fact(DisplayName = "MQTT-6.0.0-3: without the subprotocol mqtt there is no connection")]
    public async Task Accept_NoSubprotocol_IsRefused()
    {
        await using var host = await EndpointHost.StartAsync();
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;

        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(host.WebSocket, Cancellation));

        Assert.Equal(HttpStatusCode.BadRequest, socket.HttpStatusCode);
    }

    [Fact(DisplayName = "MQTT-6.0.0-2: packets need not keep to frames")]
    public async Task Receive_PacketsAcrossFrames_AreWhole()
    {
        await using var host = await EndpointHost.StartAsync();
        using var socket = await OpenAsync(host);
        var publish = RawPeer.Publish(MqttProtocolVersion.V311, "fieldnet/v1/s/w/b/d/x", new string('x', 50_000), qos: 1, packetId: 7);
        byte[] stream = [.. Connect, .. Ping, .. publish, .. Ping];

        await SendAsync(socket, stream[..5]);
        // One message of several frames, an empty one among them.
        await socket.SendAsync(stream.AsMemory(5, 11), WebSocketMessageType.Binary, endOfMessage: false, Cancellation);
        await socket.SendAsync(Array.Empty<byte>(), WebSocketMessageType.Binary, endOfMessage: false, Cancellation);
        await socket.SendAsync(stream.AsMemory(16, 30_000), WebSocketMessageType.Binary, endOfMessage: true, Cancellation);
        await SendAsync(socket, stream[30_016..]);

        var answers = await ReadAsync(socket, ConnAck.Length + 2 + 4 + 2);
        Assert.Equal(ConnAck, answers[..4]);
        Assert.Equal(2, answers.Chunk(2).Count(each => each[0] == 0xD0));
        Assert.Contains("4002", Convert.ToHexString(answers), StringComparison.Ordinal);
    }

    [Fact(DisplayName = "MQTT-6.0.0-1: a text frame ends the connection")]
    public async Task Receive_TextFrame_EndsTheConnection()
    {
        await using var host = await EndpointHost.StartAsync();
        using var socket = await OpenAsync(host);
        await SendAsync(socket, Connect);
        await ReadAsync(socket, ConnAck.Length);

        await socket.SendAsync("ping"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, Cancellation);

        var end = await socket.ReceiveAsync(new byte[16].AsMemory(), Cancellation);
        Assert.Equal(WebSocketMessageType.Close, end.MessageType);
        Assert.Equal(WebSocketCloseStatus.InvalidMessageType, socket.CloseStatus);
        await Until.HoldsAsync(() => host.Ingress.Refusals.Any(each => each.Reason == Refusal.ProtocolError), "refused");
    }

    [Fact]
    public async Task End_ByTheServer_SendsFarewellThenClose()
    {
        await using var host = await EndpointHost.StartAsync();
        using var socket = await OpenAsync(host);
        await SendAsync(socket, RawPeer.Encode(output => new ConnectPacket { Version = MqttProtocolVersion.V5, CleanStart = true, ClientId = "c"u8 }.Write(output)));
        var connAck = await ReadAsync(socket, 2);
        await ReadAsync(socket, connAck[1]);

        host.Endpoint.EndAll();

        Assert.Equal([0xE0, (byte)MqttReasonCode.ServerShuttingDown], (await ReadAsync(socket, 3)).Where((_, i) => i != 1));
        var rest = new byte[256];
        while ((await socket.ReceiveAsync(rest.AsMemory(), Cancellation)).MessageType != WebSocketMessageType.Close)
        {
        }

        Assert.Equal(WebSocketCloseStatus.NormalClosure, socket.CloseStatus);
    }

    [Fact]
    public async Task End_PeerNeverCloses_IsAbortedInTime()
    {
        var host = await EndpointHost.StartAsync();
        using var socket = await OpenAsync(host);
        await SendAsync(socket, Connect);
        await ReadAsync(socket, ConnAck.Length);

        host.Endpoint.EndAll();

        // Stopping the host waits for its connections, so this returns only if ours was ended for us.
        await host.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(4), TimeProvider.System, Cancellation);
    }

    [Fact]
    public async Task PeerClosed_WithoutACloseFrame_LeavesARecord()
    {
        await using var host = await EndpointHost.StartAsync();
        using var socket = await OpenAsync(host);
        await SendAsync(socket, Connect);
        await ReadAsync(socket, ConnAck.Length);

        socket.Abort();

        await Until.HoldsAsync(() => host.Ingress.Records.Any(each => each.Kind == Telemetry.Records.RecordKind.Close), "close recorded");
    }

    private static async Task<ClientWebSocket> OpenAsync(EndpointHost host, string subprotocol = "mqtt")
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol(subprotocol);
        await socket.ConnectAsync(host.WebSocket, Cancellation);
        return socket;
    }

    private static Task SendAsync(ClientWebSocket socket, byte[] bytes) => socket.SendAsync(bytes, WebSocketMessageType.Binary, endOfMessage: true, Cancellation);

    private static async Task<byte[]> ReadAsync(ClientWebSocket socket, int bytes)
    {
        var read = new byte[bytes];
        for (var length = 0; length < bytes;)
        {
            var received = await socket.ReceiveAsync(read.AsMemory(length), Cancellation).AsTask().WaitAsync(Until.Deadline, TimeProvider.System, Cancellation);
            Assert.Equal(WebSocketMessageType.Binary, received.MessageType);
            length += received.Count;
        }

        return read;
    }
}
