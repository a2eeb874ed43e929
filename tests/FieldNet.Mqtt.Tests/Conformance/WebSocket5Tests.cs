using System.Net.WebSockets;

namespace FieldNet.Mqtt.Tests.Conformance;

/// <summary>MQTT 5.0 and 3.1.1 chapter 6: MQTT over WebSocket.</summary>
public sealed class WebSocket5Tests() : ConformanceTests(Wire.V5)
{
    [Fact]
    public async Task MQTT_6_0_0_1_TextFrame_ClosesTheConnection()
    {
        using var socket = await OpenWebSocketAsync("mqtt");
        await socket.SendAsync(Wire.Connect(Wire.V5, "text"), WebSocketMessageType.Text, endOfMessage: true, TestContext.Current.CancellationToken);

        Assert.Equal(WebSocketMessageType.Close, (await ReceiveAsync(socket)).Type);
    }

    [Fact]
    public async Task MQTT_6_0_0_2_PacketsAndFrames_NeedNotCoincide()
    {
        using var socket = await OpenWebSocketAsync("mqtt");
        var stream = Wire.Join(Wire.Connect(Wire.V5, "frames"), Wire.Subscribe(Wire.V5, 1, null, ("a", 0)), Wire.Ping);
        foreach (var part in stream.Chunk(5))
        {
            await socket.SendAsync(part, WebSocketMessageType.Binary, endOfMessage: true, TestContext.Current.CancellationToken);
        }

        List<byte> answers = [];
        while (Types(answers).Count < 3)
        {
            var (type, bytes) = await ReceiveAsync(socket);
            Assert.Equal(WebSocketMessageType.Binary, type);
            answers.AddRange(bytes);
        }

        Assert.Equal([Heard.ConnAck, Heard.SubAck, Heard.PingResp], Types(answers).Order());
    }

    [Fact]
    public async Task MQTT_6_0_0_4_Subprotocol_IsMqtt()
    {
        using var socket = await OpenWebSocketAsync("mqtt");

        Assert.Equal("mqtt", socket.SubProtocol);
    }

    private async Task<ClientWebSocket> OpenWebSocketAsync(string subprotocol)
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol(subprotocol);
        await socket.ConnectAsync(Host.WebSocket, TestContext.Current.CancellationToken);
        return socket;
    }

    /// <summary>Of the whole packets, all of them short.</summary>
    private static List<byte> Types(List<byte> stream)
    {
        List<byte> types = [];
        for (var at = 0; at + 1 < stream.Count && at + 2 + stream[at + 1] <= stream.Count; at += 2 + stream[at + 1])
        {
            types.Add((byte)(stream[at] >> 4));
        }

        return types;
    }

    private static async Task<(WebSocketMessageType Type, byte[] Bytes)> ReceiveAsync(ClientWebSocket socket)
    {
        using var patience = new CancellationTokenSource(Until.Deadline);
        var buffer = new byte[1024];
        var result = await socket.ReceiveAsync(buffer, patience.Token);
        return (result.MessageType, buffer[..result.Count]);
    }
}
