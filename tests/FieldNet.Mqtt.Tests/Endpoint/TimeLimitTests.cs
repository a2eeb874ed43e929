using FieldNet.Mqtt.Endpoint;
using FieldNet.Mqtt.Packets;
using FieldNet.Telemetry;
using FieldNet.Telemetry.Records;

namespace FieldNet.Mqtt.Tests.Endpoint;

/// <summary>What silence costs a connection. The clock is the tests'.</summary>
public sealed class TimeLimitTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public async Task ConnectTimeout_HalfOpenConnection_IsClosedAndCounted()
    {
        await using var host = await EndpointHost.StartAsync(time: _time);
        using var silent = await host.OpenAsync();
        using var halfAPacket = await host.OpenAsync();
        await halfAPacket.SendAsync(0x10, 0x0C, 0x00);
        using var good = await host.OpenAsync();
        await good.ConnectAsync("good", MqttProtocolVersion.V5);

        _time.Advance(TimeSpan.FromSeconds(9));
        await good.AssertQuietAsync();
        Assert.Empty(host.Ingress.Refusals);
        _time.Advance(TimeSpan.FromSeconds(2));

        await silent.AssertClosedAsync();
        await halfAPacket.AssertClosedAsync();
        await good.AssertQuietAsync();
        Assert.Equal([Refusal.ConnectTimeout, Refusal.ConnectTimeout], host.Ingress.Refusals.Select(r => r.Reason));
        Assert.StartsWith("127.0.0.1:", host.Ingress.Refusals[0].Address);
    }

    [Fact]
    public async Task KeepAlive_SilentForOneAndAHalf_IsDisconnectedAs8D()
    {
        // MQTT-3.1.2-22.
        await using var host = await EndpointHost.StartAsync(time: _time);
        using var peer = await host.OpenAsync();
        await peer.ConnectAsync("a", MqttProtocolVersion.V5, keepAliveSeconds: 10);

        _time.Advance(TimeSpan.FromSeconds(14));
        await peer.AssertQuietAsync();
        _time.Advance(TimeSpan.FromSeconds(14));
        await peer.AssertQuietAsync();
        _time.Advance(TimeSpan.FromSeconds(16));

        var (header, body) = await peer.ReadAsync();
        Assert.Equal((0xE0, (byte)MqttReasonCode.KeepAliveTimeout), (header, body[0]));
        await peer.AssertClosedAsync();
        Assert.Equal(Refusal.KeepAliveTimeout, host.Ingress.Refusals.Single().Reason);
        await Until.HoldsAsync(() => host.Ingress.Records[^1].Text == "{\"reason\":\"keep_alive_timeout\",\"leave\":false}", "close record");
    }

    [Fact]
    public async Task KeepAlive_Zero_NeverEnds()
    {
        await using var host = await EndpointHost.StartAsync(time: _time);
        using var peer = await host.OpenAsync();
        await peer.ConnectAsync("a", MqttProtocolVersion.V311, keepAliveSeconds: 0);

        _time.Advance(TimeSpan.FromHours(1));

        await peer.AssertQuietAsync();
    }

    [Fact]
    public async Task KeepAlive_WhileWeDoNotRead_IsSuspended()
    {
        await using var host = await EndpointHost.StartAsync(time: _time);
        using var peer = await host.OpenAsync();
        await peer.ConnectAsync("a", MqttProtocolVersion.V5, keepAliveSeconds: 10);
        host.Ingress.FillLanes(true);
        await peer.SendAsync(RawPeer.Publish(MqttProtocolVersion.V5, "t", "x", qos: 1, packetId: 1));
        await Until.HoldsAsync(() => host.Ingress.WaitingForRoom == 1, "the reader waits for room");

        _time.Advance(TimeSpan.FromSeconds(60));
        host.Ingress.FillLanes(false);

        Assert.Equal(0x40, (await peer.ReadAsync()).Header);
        Assert.Empty(host.Ingress.Refusals);
    }

    [Fact]
    public async Task Farewell_PeerThatDoesNotRead_IsAbortedInTime()
    {
        await using var host = await EndpointHost.StartAsync(new MqttEndpointOptions { MaxQueuedMessages = 100_000, MaxQueuedBytes = 1 << 30 });
        using var deaf = await host.OpenAsync();
        await deaf.ConnectAsync("deaf", MqttProtocolVersion.V5);
        await deaf.SendAsync(RawPeer.Encode(output => SubscribePacket.Write(output, MqttProtocolVersion.V5, 1, "#"u8, default)));
        await deaf.ReadAsync();
        await using var talker = await host.ConnectAsync("talker");
        for (var i = 0; i < 300; i++)
        {
            await talker.PublishAsync("t", new byte[100_000], qos: 1);
        }

        // A malformed packet ends it while the flush waits for the peer.
        await deaf.SendAsync(0x00, 0x00);

        await Until.HoldsAsync(() => host.Ingress.Records.Any(r => r.Kind == RecordKind.Close), "close record");
        Assert.Equal(MqttReasonCode.NoMatchingSubscribers, await talker.PublishAsync("t", default, qos: 1));
    }
}
