using FieldNet.Mqtt.Endpoint;
using FieldNet.Mqtt.Packets;
using FieldNet.Telemetry;
using FieldNet.Telemetry.Records;

namespace FieldNet.Mqtt.Tests.Endpoint;

/// <summary>A client's messages on their way in, and their acknowledgements.</summary>
public sealed class PublishTests
{
    private const string Vitals = "fieldnet/v1/chu/icu1/bed-03/mon1/vitals";

    [Theory]
    [InlineData(MqttProtocolVersion.V31)]
    [InlineData(MqttProtocolVersion.V311)]
    [InlineData(MqttProtocolVersion.V5)]
    public async Task Publish_Qos1BeforeCommit_IsNotAcknowledged(MqttProtocolVersion version)
    {
        await using var host = await EndpointHost.StartAsync();
        host.Ingress.HoldCommits();
        using var peer = await host.OpenAsync();
        await peer.ConnectAsync("a", version);

        await peer.SendAsync(RawPeer.Publish(version, Vitals, "{}", qos: 1, packetId: 7));
        await Until.HoldsAsync(() => host.Ingress.Records.Any(r => r.Kind == RecordKind.Publish), "record of the message");
        await peer.AssertQuietAsync();
        host.Ingress.Commit();

        var (header, body) = await peer.ReadAsync();
        Assert.Equal(0x40, header);
        Assert.Equal([0, 7], body);
    }

    [Fact]
    public async Task Publish_CommitInTheMiddle_AcknowledgesInOrderUpToIt()
    {
        await using var host = await EndpointHost.StartAsync();
        host.Ingress.HoldCommits();
        using var peer = await host.OpenAsync();
        await peer.ConnectAsync("a", MqttProtocolVersion.V311);
        for (ushort id = 10; id >= 6; id--)
        {
            await peer.SendAsync(RawPeer.Publish(MqttProtocolVersion.V311, Vitals, "{}", qos: 1, packetId: id));
        }

        await Until.HoldsAsync(() => host.Ingress.Records.Count == 6, "five messages behind the connect");
        host.Ingress.Commit(through: 3);
        Assert.Equal([0, 10], (await peer.ReadAsync()).Body);
        Assert.Equal([0, 9], (await peer.ReadAsync()).Body);
        await peer.AssertQuietAsync();

        host.Ingress.Commit();
        Assert.Equal([0, 8], (await peer.ReadAsync()).Body);
        Assert.Equal([0, 7], (await peer.ReadAsync()).Body);
        Assert.Equal([0, 6], (await peer.ReadAsync()).Body);
    }

    [Theory]
    [InlineData(Refusal.None, null)]
    [InlineData(Refusal.TopicOutsideGrammar, MqttReasonCode.TopicNameInvalid)]
    [InlineData(Refusal.TopicReserved, MqttReasonCode.NotAuthorized)]
    [InlineData(Refusal.PayloadMalformedJson, MqttReasonCode.PayloadFormatInvalid)]
    [InlineData(Refusal.ValueOutOfRange, MqttReasonCode.PayloadFormatInvalid)]
    [InlineData(Refusal.NotAuthorized, MqttReasonCode.NotAuthorized)]
    [InlineData(Refusal.TooManyTopics, MqttReasonCode.QuotaExceeded)]
    public async Task Publish_RefusedByAView_PubAckSaysWhyInVersion5Only(Refusal refusal, MqttReasonCode? expected)
    {
        await using var host = await EndpointHost.StartAsync(viewsBefore: new RefusingView(refusal));
        using var v5 = await host.OpenAsync();
        await v5.ConnectAsync("five", MqttProtocolVersion.V5);
        using var v311 = await host.OpenAsync();
        await v311.ConnectAsync("three", MqttProtocolVersion.V311);

        await v5.SendAsync(RawPeer.Publish(MqttProtocolVersion.V5, "other/topic", "x", qos: 1, packetId: 1));
        await v311.SendAsync(RawPeer.Publish(MqttProtocolVersion.V311, "other/topic", "x", qos: 1, packetId: 1));

        // Nobody subscribed to that topic, which is no device's: no fault, but said (3.4.2.1).
        var code = expected ?? MqttReasonCode.NoMatchingSubscribers;
        Assert.Equal([0, 1, (byte)code], (await v5.ReadAsync()).Body[..3]);
        Assert.Equal([0, 1], (await v311.ReadAsync()).Body);
    }

    [Fact]
    public async Task Publish_Any_RecordHasEverythingAsSent()
    {
        await using var host = await EndpointHost.StartAsync();
        using var peer = await host.OpenAsync();
        await peer.ConnectAsync("mon-1", MqttProtocolVersion.V5);
        byte[] contentType = [3, 0, 1, (byte)'j'];

        await peer.SendAsync(RawPeer.Publish(MqttProtocolVersion.V5, Vitals, "{\"a\":1}", qos: 1, packetId: 300, retain: true, properties: contentType));
        await peer.ReadAsync();

        var record = host.Ingress.Records.Single(r => r.Kind == RecordKind.Publish);
        Assert.Equal(("mon-1", Vitals, "{\"a\":1}"), (record.Client, record.TopicName, record.Text));
        Assert.Equal(contentType, record.Properties);
        Assert.Equal((1, true, false, 300), (record.Qos, record.Retain, record.Duplicate, record.PacketId));
        Assert.True(record.Awaited);
        Assert.True(record.ReceiveTimeUs > 0);
    }

    [Fact]
    public async Task Publish_SplitAtEveryByte_IsTakenOnce()
    {
        await using var host = await EndpointHost.StartAsync();
        using var peer = await host.OpenAsync();
        await peer.ConnectAsync("a", MqttProtocolVersion.V5);

        foreach (var oneByte in RawPeer.Publish(MqttProtocolVersion.V5, Vitals, "hello", qos: 1, packetId: 1))
        {
            await peer.SendAsync(oneByte);
        }

        Assert.Equal([0, 1], (await peer.ReadAsync()).Body);
        Assert.Equal("hello", host.Ingress.Records.Single(r => r.Kind == RecordKind.Publish).Text);
    }

    [Fact]
    public async Task Publish_MoreThanReceiveMaximumInVersion5_DisconnectsAs93()
    {
        await using var host = await EndpointHost.StartAsync(new MqttEndpointOptions { ReceiveMaximum = 4 });
        host.Ingress.HoldCommits();
        using var peer = await host.OpenAsync();
        await peer.ConnectAsync("a", MqttProtocolVersion.V5);

        for (ushort id = 1; id <= 5; id++)
        {
            await peer.SendAsync(RawPeer.Publish(MqttProtocolVersion.V5, Vitals, "x", qos: 1, packetId: id));
        }

        var (header, body) = await peer.ReadAsync();
        Assert.Equal((0xE0, (byte)MqttReasonCode.ReceiveMaximumExceeded), (header, body[0]));
        Assert.Equal(4, host.Ingress.Records.Count(r => r.Kind == RecordKind.Publish));
        Assert.Equal(Refusal.ReceiveMaximumExceeded, host.Ingress.Refusals.Single().Reason);
    }

    [Fact]
    public async Task Publish_MoreThanReceiveMaximumInVersion311_WaitsForTheCommit()
    {
        await using var host = await EndpointHost.StartAsync(new MqttEndpointOptions { ReceiveMaximum = 4 });
        host.Ingress.HoldCommits();
        using var peer = await host.OpenAsync();
        await peer.ConnectAsync("a", MqttProtocolVersion.V311);

        for (ushort id = 1; id <= 10; id++)
        {
            await peer.SendAsync(RawPeer.Publish(MqttProtocolVersion.V311, Vitals, "x", qos: 1, packetId: id));
        }

        await Until.HoldsAsync(() => host.Ingress.Records.Count(r => r.Kind == RecordKind.Publish) == 4, "as many as the window takes");
        host.Ingress.Commit();
        for (byte id = 1; id <= 10; id++)
        {
            Assert.Equal([0, id], (await peer.ReadAsync()).Body);
        }

        Assert.Empty(host.Ingress.Refusals);
    }

    [Fact]
    public async Task Publish_LaneFull_WaitsAndLosesNothing()
    {
        await using var host = await EndpointHost.StartAsync();
        using var peer = await host.OpenAsync();
        await peer.ConnectAsync("a", MqttProtocolVersion.V5);
        host.Ingress.FillLanes(true);

        for (ushort id = 1; id <= 3; id++)
        {
            await peer.SendAsync(RawPeer.Publish(MqttProtocolVersion.V5, Vitals, $"{id}", qos: 1, packetId: id));
        }

        host.Ingress.FillLanes(false);
        for (byte id = 1; id <= 3; id++)
        {
            Assert.Equal([0, id], (await peer.ReadAsync()).Body);
        }

        Assert.Equal(["1", "2", "3"], host.Ingress.Records.Where(r => r.Kind == RecordKind.Publish).Select(r => r.Text));
    }

    [Fact]
    public async Task Publish_TopicAlias_RecordsHaveTheTopic()
    {
        // MQTT 5.0, 3.3.2.3.4; nobody behind the connection could understand an alias.
        await using var host = await EndpointHost.StartAsync();
        using var peer = await host.OpenAsync();
        await peer.ConnectAsync("a", MqttProtocolVersion.V5);

        await peer.SendAsync(RawPeer.Publish(MqttProtocolVersion.V5, "one", "1", properties: [35, 0, 1, 1, 1]));
        await peer.SendAsync(RawPeer.Publish(MqttProtocolVersion.V5, "", "2", properties: [35, 0, 1]));
        await peer.SendAsync(RawPeer.Publish(MqttProtocolVersion.V5, "two", "3", properties: [35, 0, 1]));
        await peer.SendAsync(RawPeer.Publish(MqttProtocolVersion.V5, "", "4", properties: [35, 0, 1]));
        await peer.AssertQuietAsync();

        Assert.Equal(
            ["one=1 0101", "one=2 ", "two=3 ", "two=4 "],
            host.Ingress.Records.Where(r => r.Kind == RecordKind.Publish).Select(r => $"{r.TopicName}={r.Text} {Convert.ToHexString(r.Properties)}"));
    }

    [Fact]
    public async Task Publish_LastBytesBeforeClose_AreStillTaken()
    {
        await using var host = await EndpointHost.StartAsync();
        using (var peer = await host.OpenAsync())
        {
            await peer.ConnectAsync("a", MqttProtocolVersion.V311);
            await peer.SendAsync([.. RawPeer.Publish(MqttProtocolVersion.V311, "t", "last"), 0xE0, 0]);
        }

        await Until.HoldsAsync(() => host.Ingress.Records.Any(r => r.Kind == RecordKind.Close), "close record");
        Assert.Equal("last", host.Ingress.Records.Single(r => r.Kind == RecordKind.Publish).Text);
        Assert.Equal("{\"reason\":\"disconnect\",\"leave\":true}", host.Ingress.Records[^1].Text);
    }

    private sealed class RefusingView(Refusal refusal) : IRecordView
    {
        public Refusal Apply(in LogRecord record) => record.Kind == RecordKind.Publish ? refusal : Refusal.None;
    }
}
