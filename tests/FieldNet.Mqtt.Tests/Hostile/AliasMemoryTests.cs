using FieldNet.Mqtt.Endpoint;
using FieldNet.Mqtt.Packets;
using FieldNet.Mqtt.Tests.Endpoint;
using FieldNet.Telemetry;

namespace FieldNet.Mqtt.Tests.Hostile;

/// <summary>A topic may have 65,535 bytes, and each connection 64 aliases: together they would be 4 MiB each.</summary>
public sealed class AliasMemoryTests
{
    [Fact]
    public async Task Publish_AliasesOfLongTopics_EndTheConnectionAtTheLimit()
    {
        await using var host = await EndpointHost.StartAsync(new MqttEndpointOptions { MaxTopicAliasBytes = 3_000 });
        var transport = new MemoryTransport(host.Endpoint);
        transport.Feed(RawPeer.Encode(output => new ConnectPacket { Version = MqttProtocolVersion.V5, CleanStart = true, ClientId = "c"u8 }.Write(output)));

        Assert.True(transport.Feed(Publish(alias: 1, new string('a', 1_500))));
        Assert.True(transport.Feed(Publish(alias: 1, new string('b', 2_000))));
        Assert.True(transport.Feed(Publish(alias: 2, new string('c', 1_000))));
        Assert.False(transport.Feed(Publish(alias: 3, "d")));

        Assert.Equal(Refusal.QuotaExceeded, Assert.Single(host.Ingress.Refusals).Reason);
        transport.Close();
    }

    private static byte[] Publish(byte alias, string topic) => RawPeer.Publish(MqttProtocolVersion.V5, topic, "x", properties: [0x23, 0, alias]);
}
