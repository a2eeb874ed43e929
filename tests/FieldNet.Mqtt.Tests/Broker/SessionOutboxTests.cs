using FieldNet.Mqtt.Broker;
using FieldNet.Mqtt.Endpoint;
using FieldNet.Telemetry.Topics;

namespace FieldNet.Mqtt.Tests.Broker;

public sealed class SessionOutboxTests
{
    private static readonly Topic Topic = new TopicTable().Intern("a/b"u8);

    private readonly OutboundItem[] _batch = new OutboundItem[100];

    [Fact]
    public void Take_WindowFull_HoldsQos1AndAllBehindIt()
    {
        var outbox = New();
        var peer = new FakePeer { ReceiveMaximum = 2 };
        outbox.Attach(peer);
        Add(outbox, 1, 1, 1, 0);

        Assert.Equal([1, 2], Take(outbox, peer).Select(i => (int)i.PacketId));
        Assert.Empty(Take(outbox, peer));
        Assert.True(outbox.Acknowledge(peer, 2));
        Assert.Equal([3, 0], Take(outbox, peer).Select(i => (int)i.PacketId));
    }

    [Fact]
    public void Acknowledge_UnknownIdentifier_IsFalse()
    {
        var outbox = New();
        var peer = new FakePeer();
        outbox.Attach(peer);

        Assert.False(outbox.Acknowledge(peer, 1));
    }

    [Fact]
    public void Attach_AfterALostConnection_SendsAgainInOrderAsDuplicatesWithTheSameIdentifiers()
    {
        var outbox = New();
        var first = new FakePeer { Connection = 1, ReceiveMaximum = 3 };
        outbox.Attach(first);
        Add(outbox, 1, 1, 1, 1);
        Take(outbox, first);
        outbox.Acknowledge(first, 2);
        outbox.Detach(first);
        Add(outbox, 1, 0);

        var second = new FakePeer { Connection = 2, ReceiveMaximum = 1 };
        outbox.Attach(second);
        Assert.Equal([(1, true)], Take(outbox, second).Select(i => ((int)i.PacketId, i.Duplicate)));
        outbox.Detach(second);
        var third = new FakePeer { Connection = 3 };
        outbox.Attach(third);

        Assert.Equal([(1, true), (3, true), (4, false), (5, false)], Take(outbox, third).Select(i => ((int)i.PacketId, i.Duplicate)));
        Assert.Empty(Take(outbox, second));
        Assert.False(outbox.Acknowledge(second, 1));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Add_OverTheCount_DropsTheNewOne(byte qos)
    {
        var outbox = New(new MqttEndpointOptions { MaxQueuedMessages = 3 });
        var peer = new FakePeer();
        outbox.Attach(peer);

        Add(outbox, qos, qos, qos, qos, qos);

        Assert.Equal(3, Take(outbox, peer).Length);
    }

    [Fact]
    public void Add_OverTheBytes_DropsUntilAcknowledged()
    {
        var outbox = New(new MqttEndpointOptions { MaxQueuedBytes = 2500 });
        var peer = new FakePeer();
        outbox.Attach(peer);
        Add(outbox, 1, 1, 1);

        Assert.Equal(2, Take(outbox, peer).Length);
        Add(outbox, 1);
        Assert.Empty(Take(outbox, peer));
        outbox.Acknowledge(peer, 1);
        Add(outbox, 1);
        Assert.Single(Take(outbox, peer));
    }

    [Fact]
    public void Take_LargerThanTheClientTakes_IsLeftOut()
    {
        var outbox = New();
        var peer = new FakePeer { MaxPacketBytes = 500 };
        outbox.Attach(peer);
        Add(outbox, 1);
        outbox.Add(new OutboundMessage(Topic, [], "small"u8), 1, retain: false);

        Assert.Equal("small"u8, Assert.Single(Take(outbox, peer)).Message.Payload);
    }

    private static SessionOutbox New(MqttEndpointOptions? options = null) => new(options ?? new MqttEndpointOptions(), new MqttMetrics());

    private static void Add(SessionOutbox outbox, params ReadOnlySpan<byte> qos)
    {
        foreach (var q in qos)
        {
            outbox.Add(new OutboundMessage(Topic, [], new byte[1000]), q, retain: false);
        }
    }

    private OutboundItem[] Take(SessionOutbox outbox, IMqttPeer peer) => _batch[..outbox.Take(peer, _batch)];
}
