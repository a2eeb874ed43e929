using FieldNet.Mqtt.Packets;
using FieldNet.Mqtt.Tests.Endpoint;

namespace FieldNet.Mqtt.Tests.Hostile;

/// <summary>A client that asks and asks and does not read.</summary>
public sealed class UnreadAnswersTests
{
    [Fact]
    public async Task Ping_AMillionBeforeOneAnswerIsRead_AreAnsweredInSmallBatches()
    {
        const int pings = 1_000_000;
        await using var host = await EndpointHost.StartAsync();
        var transport = new MemoryTransport(host.Endpoint);
        transport.Feed(RawPeer.Encode(output => new ConnectPacket { Version = MqttProtocolVersion.V311, CleanStart = true, ClientId = "c"u8 }.Write(output)));
        var welcome = transport.Written;
        var flood = new byte[2 * pings];
        for (var i = 0; i < flood.Length; i += 2)
        {
            flood[i] = 0xC0;
        }

        Assert.True(transport.Feed(flood));

        Assert.Equal(2 * pings, transport.Written - welcome);
        Assert.InRange(transport.LargestWrite, 1, 64 * 1024);
        transport.Close();
    }
}
