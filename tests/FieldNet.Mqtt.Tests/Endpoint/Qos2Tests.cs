using FieldNet.Mqtt.Endpoint;
using FieldNet.Mqtt.Packets;
using FieldNet.Telemetry.Records;

namespace FieldNet.Mqtt.Tests.Endpoint;

/// <summary>QoS 2 from a client: acts at the PUBLISH, once, and each answer waits for its commit (MQTT 5.0, 4.3.3; P1).</summary>
public sealed class Qos2Tests
{
    private const string Vitals = "fieldnet/v1/chu/icu1/bed-03/mon1/vitals";

    public static TheoryData<MqttProtocolVersion> Versions => [MqttProtocolVersion.V311, MqttProtocolVersion.V5];

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Publish_WholeExchange_IsOneMessageAndOneRelease(MqttProtocolVersion version)
    {
        await using var host = await EndpointHost.StartAsync();
        using var peer = await host.OpenAsync();
        await peer.ConnectAsync("a", version);

        await peer.SendAsync(RawPeer.Publish(version, Vitals, "x", qos: 2, packetId: 7));
        Assert.Equal("50-0007", Text(await peer.ReadAsync()));
        await peer.SendAsync(RawPeer.Publish(version, Vitals, "x", qos: 2, packetId: 7));
        Assert.Equal("50-0007", Text(await peer.ReadAsync()));
        await peer.SendAsync(0x62, 2, 0, 7);
        Assert.Equal("70-0007", Text(await peer.ReadAsync()));
        await peer.SendAsync(RawPeer.Publish(version, Vitals, "y", qos: 2, packetId: 7));
        Assert.Equal("50-0007", Text(await peer.ReadAsync()));

        Assert.Equal(["x", "y"], host.Ingress.Records.Where(r => r.Kind == RecordKind.Publish).Select(r => r.Text));
        Assert.Single(host.Ingress.Records, r => r.Kind == RecordKind.Release);
    }

    [Fact]
    public async Task Publish_BeforeCommit_NeitherIsAnswered()
    {
        await using var host = await EndpointHost.StartAsync();
        using var peer = await host.OpenAsync();
        await peer.ConnectAsync("a", MqttProtocolVersion.V5);
        host.Ingress.HoldCommits();

        await peer.SendAsync(RawPeer.Publish(MqttProtocolVersion.V5, Vitals, "x", qos: 2, packetId: 1));
        await peer.AssertQuietAsync();
        await peer.SendAsync(RawPeer.Publish(MqttProtocolVersion.V5, Vitals, "x", qos: 2, packetId: 1));
        await peer.AssertQuietAsync();
        host.Ingress.Commit(host.Ingress.Records.Count);
        Assert.Equal("50-0001", Text(await peer.ReadAsync()));
        Assert.Equal("50-0001", Text(await peer.ReadAsync()));
        await peer.SendAsync(0x62, 2, 0, 1);
        await peer.AssertQuietAsync();
        host.Ingress.Commit();

        Assert.Equal("70-0001", Text(await peer.ReadAsync()));
    }

    [Fact]
    public async Task Publish_SecondCopyOnTheNextConnection_IsNoNewMessage()
    {
        await using var host = await EndpointHost.StartAsync();
        using (var first = await host.OpenAsync())
        {
            await first.ConnectAsync("a", MqttProtocolVersion.V5, properties: [17, 0, 0, 0, 60]);
            await first.SendAsync(RawPeer.Publish(MqttProtocolVersion.V5, Vitals, "x", qos: 2, packetId: 1));
            await first.ReadAsync();
            first.Reset();
        }

        using var second = await host.OpenAsync();
        // All in one breath: what comes behind CONNECT waits until the session is known.
        await second.SendAsync([
            .. RawPeer.Encode(output => new ConnectPacket { Version = MqttProtocolVersion.V5, ClientId = "a"u8, Properties = [17, 0, 0, 0, 60] }.Write(output)),
            .. RawPeer.Publish(MqttProtocolVersion.V5, Vitals, "x", qos: 2, packetId: 1),
            .. new byte[] { 0x62, 2, 0, 1 }]);

        Assert.Equal(0x20, (await second.ReadAsync()).Header);
        Assert.Equal("50-0001", Text(await second.ReadAsync()));
        Assert.Equal("70-0001", Text(await second.ReadAsync()));
        Assert.Single(host.Ingress.Records, r => r.Kind == RecordKind.Publish);
    }

    [Fact]
    public async Task Release_OfNothing_IsAnsweredAsNotFound()
    {
        await using var host = await EndpointHost.StartAsync();
        using var peer = await host.OpenAsync();
        await peer.ConnectAsync("a", MqttProtocolVersion.V5);

        await peer.SendAsync(0x62, 2, 0, 9);

        Assert.Equal("70-000992", Text(await peer.ReadAsync()));
    }

    /// <summary>A crash would bring the identifier back, and the client's next message under it would be thrown away as a copy.</summary>
    [Fact]
    public async Task Release_AgainOnTheNextConnection_WaitsForTheCommitOfTheFirst()
    {
        await using var host = await EndpointHost.StartAsync();
        using (var first = await host.OpenAsync())
        {
            await first.ConnectAsync("a", MqttProtocolVersion.V5, properties: [17, 0, 0, 0, 60]);
            await first.SendAsync(RawPeer.Publish(MqttProtocolVersion.V5, Vitals, "x", qos: 2, packetId: 1));
            await first.ReadAsync();
            host.Ingress.HoldCommits();
            await first.SendAsync(0x62, 2, 0, 1);
            await first.AssertQuietAsync();
            first.Reset();
        }

        using var second = await host.OpenAsync();
        await second.SendAsync([
            .. RawPeer.Encode(output => new ConnectPacket { Version = MqttProtocolVersion.V5, ClientId = "a"u8, Properties = [17, 0, 0, 0, 60] }.Write(output)),
            .. new byte[] { 0x62, 2, 0, 1 }]);
        Assert.Equal(0x20, (await second.ReadAsync()).Header);
        await second.AssertQuietAsync();
        host.Ingress.Commit();

        Assert.Equal("70-000192", Text(await second.ReadAsync()));
    }

    [Fact]
    public async Task Publish_MoreThanReceiveMaximumUnreleased_DisconnectsAs93()
    {
        await using var host = await EndpointHost.StartAsync(new MqttEndpointOptions { ReceiveMaximum = 2 });
        using var peer = await host.OpenAsync();
        await peer.ConnectAsync("a", MqttProtocolVersion.V5);
        for (ushort id = 1; id <= 2; id++)
        {
            await peer.SendAsync(RawPeer.Publish(MqttProtocolVersion.V5, Vitals, "x", qos: 2, packetId: id));
            await peer.ReadAsync();
        }

        await peer.SendAsync(RawPeer.Publish(MqttProtocolVersion.V5, Vitals, "x", qos: 2, packetId: 3));

        var (header, body) = await peer.ReadAsync();
        Assert.Equal((0xE0, (byte)MqttReasonCode.ReceiveMaximumExceeded), (header, body[0]));
    }

    [Fact]
    public async Task Subscriber_Qos2_GetsEachMessageOnceWithItsRelease()
    {
        await using var host = await EndpointHost.StartAsync();
        using var peer = await host.OpenAsync();
        await peer.ConnectAsync("s", MqttProtocolVersion.V5);
        await peer.SendAsync(RawPeer.Encode(output => SubscribePacket.Write(output, MqttProtocolVersion.V5, 1, "t"u8, new SubscriptionOptions(2))));
        Assert.Equal("90-00010002", Text(await peer.ReadAsync()));
        await using var publisher = await host.ConnectAsync("p");
        using var raw = await host.OpenAsync();
        await raw.ConnectAsync("q", MqttProtocolVersion.V5);
        await raw.SendAsync(RawPeer.Publish(MqttProtocolVersion.V5, "t", "x", qos: 2, packetId: 1));

        Assert.Equal(0x34, (await peer.ReadAsync()).Header);
        await peer.SendAsync(0x50, 2, 0, 1);
        Assert.Equal("62-0001", Text(await peer.ReadAsync()));
        await peer.SendAsync(0x70, 2, 0, 1);
        await peer.AssertQuietAsync();
    }

    private static string Text((byte Header, byte[] Body) packet) => $"{packet.Header:X2}-{Convert.ToHexString(packet.Body)}";
}
