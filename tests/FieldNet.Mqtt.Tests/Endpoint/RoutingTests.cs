using System.Text;
using FieldNet.Mqtt.Client;
using FieldNet.Mqtt.Endpoint;
using FieldNet.Mqtt.Packets;
using FieldNet.Telemetry.Records;

namespace FieldNet.Mqtt.Tests.Endpoint;

/// <summary>From one client to another, over sockets.</summary>
public sealed class RoutingTests
{
    public static TheoryData<MqttProtocolVersion> Versions => [MqttProtocolVersion.V311, MqttProtocolVersion.V5];

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Publish_Subscribed_ArrivesInOrder(MqttProtocolVersion version)
    {
        await using var host = await EndpointHost.StartAsync();
        await using var subscriber = await host.ConnectAsync("sub", version);
        await using var publisher = await host.ConnectAsync("pub", version);
        Assert.Equal(MqttReasonCode.GrantedQos2, await subscriber.SubscribeAsync("ward/+/bed/#", qos: 2));

        for (var i = 0; i < 500; i++)
        {
            Assert.Equal(MqttReasonCode.Success, await publisher.PublishAsync("ward/1/bed/x", Encoding.UTF8.GetBytes($"{i}"), qos: 1));
            await publisher.PublishAsync("ward/1", Encoding.UTF8.GetBytes("not for you"), qos: 0);
        }

        for (var i = 0; i < 500; i++)
        {
            var message = await NextAsync(subscriber);
            Assert.Equal(("ward/1/bed/x", $"{i}", 1, false), (message.Topic, Text(message), message.Qos, message.Retain));
        }
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Subscribe_RetainedThere_GetsItOnceWithTheFlag(MqttProtocolVersion version)
    {
        await using var host = await EndpointHost.StartAsync();
        await using var publisher = await host.ConnectAsync("pub", version);
        await publisher.PublishAsync("state/a", "old"u8.ToArray(), qos: 1, retain: true);
        await publisher.PublishAsync("state/a", "on"u8.ToArray(), qos: 1, retain: true, contentType: "text/plain");
        await publisher.PublishAsync("state/b", "x"u8.ToArray(), qos: 1, retain: true);
        await publisher.PublishAsync("state/b", default, qos: 1, retain: true);

        await using var subscriber = await host.ConnectAsync("sub", version);
        await subscriber.SubscribeAsync("state/#", qos: 1);
        await publisher.PublishAsync("state/end", "end"u8.ToArray(), qos: 1, retain: true);

        var retained = await NextAsync(subscriber);
        Assert.Equal(("state/a", "on", true), (retained.Topic, Text(retained), retained.Retain));
        Assert.Equal(version == MqttProtocolVersion.V5, MqttPropertyRules.TryFind(retained.Properties.Span, MqttPropertyId.ContentType, out _));
        var live = await NextAsync(subscriber);
        Assert.Equal(("state/end", false), (live.Topic, live.Retain));
    }

    [Fact]
    public async Task Unsubscribe_Then_NothingMore()
    {
        await using var host = await EndpointHost.StartAsync();
        await using var client = await host.ConnectAsync("a");
        await client.SubscribeAsync("x");
        await client.SubscribeAsync("end");

        Assert.Equal(MqttReasonCode.Success, await client.UnsubscribeAsync("x"));
        Assert.Equal(MqttReasonCode.NoSubscriptionExisted, await client.UnsubscribeAsync("x"));
        await client.PublishAsync("x", default, qos: 1);
        await client.PublishAsync("end", default, qos: 1);

        Assert.Equal("end", (await NextAsync(client)).Topic);
    }

    [Fact]
    public async Task Subscribe_OfAPersistentSession_IsAnsweredAfterTheCommitOnly()
    {
        await using var host = await EndpointHost.StartAsync();
        await using var persistent = await host.ConnectAsync("p", sessionExpiry: TimeSpan.FromHours(1));
        await using var passing = await host.ConnectAsync("q");
        host.Ingress.HoldCommits();

        var waiting = persistent.SubscribeAsync("a");
        Assert.Equal(MqttReasonCode.Success, await passing.SubscribeAsync("a").WaitAsync(Until.Deadline));
        await Until.HoldsAsync(() => host.Ingress.Records.Count(r => r.Kind == RecordKind.Subscribe) == 2, "both subscriptions");
        Assert.False(waiting.IsCompleted);
        host.Ingress.Commit();

        Assert.Equal(MqttReasonCode.Success, await waiting.WaitAsync(Until.Deadline));
    }

    [Fact]
    public async Task Session_KeptOverALostConnection_ResendsAsDuplicate()
    {
        await using var host = await EndpointHost.StartAsync();
        await using var publisher = await host.ConnectAsync("pub");
        using (var peer = await host.OpenAsync())
        {
            await peer.ConnectAsync("kept", MqttProtocolVersion.V5, properties: [17, 0, 0, 0, 60]);
            await peer.SendAsync(RawPeer.Encode(output => SubscribePacket.Write(output, MqttProtocolVersion.V5, 1, "t"u8, new SubscriptionOptions(1))));
            await peer.ReadAsync();
            await publisher.PublishAsync("t", "1"u8.ToArray(), qos: 1);
            Assert.Equal(0x32, (await peer.ReadAsync()).Header);
            peer.Reset();
        }

        await Until.HoldsAsync(() => host.Ingress.Records.Any(r => r.Kind == RecordKind.Close), "close record");
        await publisher.PublishAsync("t", "2"u8.ToArray(), qos: 1);
        await using var again = await host.ConnectAsync("kept", cleanStart: false);

        Assert.True(again.SessionPresent);
        var first = await NextAsync(again);
        var second = await NextAsync(again);
        Assert.Equal([("1", true), ("2", false)], new[] { (Text(first), first.Duplicate), (Text(second), second.Duplicate) });
    }

    [Fact]
    public async Task Publish_SubscriberThatDoesNotRead_IsBoundedAndHoldsNobodyUp()
    {
        var options = new MqttEndpointOptions { MaxQueuedBytes = 1 << 20, MaxQueuedMessages = 50 };
        await using var host = await EndpointHost.StartAsync(options);
        using var counters = new CounterReader(host);
        using var deaf = await host.OpenAsync();
        await deaf.ConnectAsync("deaf", MqttProtocolVersion.V5);
        await deaf.SendAsync(RawPeer.Encode(output => SubscribePacket.Write(output, MqttProtocolVersion.V5, 1, "#"u8, default)));
        await deaf.ReadAsync();
        await using var good = await host.ConnectAsync("good");
        await good.SubscribeAsync("end");
        await using var talker = await host.ConnectAsync("talker");

        for (var i = 0; i < 400; i++)
        {
            await talker.PublishAsync("flood", new byte[100_000], qos: 1);
        }

        await talker.PublishAsync("end", default, qos: 1);
        Assert.Equal("end", (await NextAsync(good)).Topic);
        Assert.True(counters["fieldnet.mqtt.dropped"] > 100, $"dropped {counters["fieldnet.mqtt.dropped"]}");
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Will_ConnectionLost_IsPublishedBehindTheClose(MqttProtocolVersion version)
    {
        await using var host = await EndpointHost.StartAsync();
        await using var watcher = await host.ConnectAsync("watcher");
        await watcher.SubscribeAsync("status/#", qos: 1);
        await using var bed = await host.ConnectAsync("bed", version, new MqttWill { Topic = "status/bed", Payload = "offline"u8.ToArray(), Retain = true });

        bed.Abort();

        var message = await NextAsync(watcher);
        Assert.Equal(("status/bed", "offline"), (message.Topic, Text(message)));
        var records = host.Ingress.Records;
        Assert.Equal([RecordKind.Close, RecordKind.Will], records.TakeLast(2).Select(r => r.Kind));
        Assert.Equal(("bed", true), (records[^1].Client, records[^1].Retain));
        Assert.Contains("\"leave\":false", records[^2].Text);
        await using var late = await host.ConnectAsync("late");
        await late.SubscribeAsync("status/bed");
        Assert.True((await NextAsync(late)).Retain);
    }

    [Theory]
    [InlineData(MqttProtocolVersion.V311, false, false)]
    [InlineData(MqttProtocolVersion.V5, false, false)]
    [InlineData(MqttProtocolVersion.V5, true, true)]
    public async Task Will_Disconnected_OnlyWhenAskedFor(MqttProtocolVersion version, bool withWill, bool expected)
    {
        await using var host = await EndpointHost.StartAsync();
        await using var bed = await host.ConnectAsync("bed", version, new MqttWill { Topic = "status/bed", Payload = "offline"u8.ToArray() });

        await bed.DisconnectAsync(withWill);

        await Until.HoldsAsync(() => host.Ingress.Records.Any(r => r.Kind == RecordKind.Close), "close record");
        Assert.Equal(expected, host.Ingress.Records.Any(r => r.Kind == RecordKind.Will));
        Assert.Equal(!expected, host.Ingress.Records.Single(r => r.Kind == RecordKind.Close).Text.Contains("\"leave\":true"));
    }

    [Fact]
    public async Task Will_WithDelayProperty_IsPublishedWithoutIt()
    {
        await using var host = await EndpointHost.StartAsync();
        using (var peer = await host.OpenAsync())
        {
            await peer.SendAsync(RawPeer.Encode(output => new ConnectPacket
            {
                Version = MqttProtocolVersion.V5,
                CleanStart = true,
                ClientId = "w"u8,
                HasWill = true,
                WillProperties = [1, 1, 24, 0, 0, 0, 9, 3, 0, 1, 97],
                WillTopic = "t"u8,
            }.Write(output)));
            await peer.ReadAsync();
        }

        await Until.HoldsAsync(() => host.Ingress.Records.Any(r => r.Kind == RecordKind.Will), "will record");
        Assert.Equal([1, 1, 3, 0, 1, 97], host.Ingress.Records.Single(r => r.Kind == RecordKind.Will).Properties);
    }

    [Fact]
    public async Task Counters_EachDirection_AreItsOwn()
    {
        await using var host = await EndpointHost.StartAsync();
        using var counters = new CounterReader(host);
        using var peer = await host.OpenAsync();
        await peer.ConnectAsync("a", MqttProtocolVersion.V311);
        await peer.SendAsync(RawPeer.Encode(output => SubscribePacket.Write(output, MqttProtocolVersion.V311, 1, "t"u8, default)));
        await peer.ReadAsync();
        counters.Reset();

        // 3 × 110 bytes in; 2 PUBACKs of 4 bytes, and 3 messages of 108 bytes (QoS 0, no identifier), out.
        var payload = new string('x', 103);
        await peer.SendAsync(RawPeer.Publish(MqttProtocolVersion.V311, "t", payload, qos: 1, packetId: 1));
        await peer.SendAsync(RawPeer.Publish(MqttProtocolVersion.V311, "t", payload, qos: 1, packetId: 2));
        await peer.SendAsync(RawPeer.Publish(MqttProtocolVersion.V311, "t", payload + "xx", qos: 0));
        for (var i = 0; i < 5; i++)
        {
            await peer.ReadAsync();
        }

        await Until.HoldsAsync(() => counters["fieldnet.mqtt.received.packets"] == 3, "three packets counted");
        Assert.Equal(330, counters["fieldnet.mqtt.received.bytes"]);
        Assert.Equal(3, counters["fieldnet.mqtt.received.messages"]);
        Assert.Equal(2, counters["fieldnet.mqtt.sent.acknowledgements"]);
        Assert.Equal(3, counters["fieldnet.mqtt.sent.messages"]);
        Assert.Equal((2 * 4) + (2 * 108) + 110, counters["fieldnet.mqtt.sent.bytes"]);
    }

    private static async Task<MqttMessage> NextAsync(MqttClient client) => await client.Messages.ReadAsync().AsTask().WaitAsync(Until.Deadline);

    private static string Text(MqttMessage message) => Encoding.UTF8.GetString(message.Payload.Span);
}
