using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using FieldNet.Edge.Agent;

namespace FieldNet.Edge.Tests.Agent;

/// <summary>The whole agent's doors.</summary>
public sealed class AgentListenersTests : IAsyncLifetime
{
    private readonly string _data = Directory.CreateTempSubdirectory("fieldnet-listeners-").FullName;
    private AgentHost _host = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _host = await AgentHost.StartAsync(
            new AgentOptions { Data = _data, MqttsPort = 0, AllowedOrigins = ["https://ward.example"] }, TimeProvider.System, Cancellation);

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        await _host.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public void ReadyLine_WithTls_NamesEveryDoor() =>
        Assert.Matches(@"^ready http=http://127\.0\.0\.1:\d+/ mqtt=mqtt://127\.0\.0\.1:\d+/ mqtts=mqtts://127\.0\.0\.1:\d+/$", _host.ReadyLine);

    [Fact]
    public async Task Mqtt_StopWithAClient_IsAnsweredAndEnds()
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, _host.Mqtt.Port, Cancellation);
        await socket.SendAsync((byte[])[0x10, 13, 0, 4, .. "MQTT"u8, 4, 2, 0, 0, 0, 1, (byte)'c'], Cancellation);
        var connAck = new byte[4];
        await socket.ReceiveAsync(connAck, Cancellation);

        Assert.Equal([0x20, 2, 0, 0], connAck);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("https://ward.example")]
    public async Task WebSocket_FromNoPageOrAnAllowedOne_IsServed(string? origin)
    {
        using var socket = await OpenAsync(origin);

        Assert.Equal("mqtt", socket.SubProtocol);
    }

    [Theory]
    [InlineData("http://evil.example")]
    [InlineData("null")]
    public async Task WebSocket_FromAnotherSitesPage_IsRefused(string origin)
    {
        var error = await Assert.ThrowsAsync<WebSocketException>(() => OpenAsync(origin));

        Assert.Contains("403", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WebSocket_ByAStrangeHostName_IsRefused()
    {
        // A name of the attacker's that leads here: the page's origin is then "the same".
        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("mqtt");
        socket.Options.SetRequestHeader("Host", $"evil.example:{_host.Http.Port}");
        socket.Options.SetRequestHeader("Origin", $"http://evil.example:{_host.Http.Port}");

        var error = await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(Address(), Cancellation));

        Assert.Contains("400", error.Message, StringComparison.Ordinal);
    }

    private Uri Address() => new UriBuilder(_host.Http) { Scheme = "ws", Path = "/mqtt" }.Uri;

    private async Task<ClientWebSocket> OpenAsync(string? origin)
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("mqtt");
        if (origin is not null)
        {
            socket.Options.SetRequestHeader("Origin", origin);
        }

        await socket.ConnectAsync(Address(), Cancellation);
        return socket;
    }
}
