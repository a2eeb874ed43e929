using FieldNet.Mqtt.Broker;
using FieldNet.Mqtt.Endpoint;
using FieldNet.Mqtt.Packets;
using FieldNet.Telemetry.Topics;

namespace FieldNet.Mqtt.Tests.Broker;

public sealed class SessionOutboxTests
{
    private static readonly Topic Topic = new TopicTable().Intern("a/b"u8);

    private static readonly OutboxTerms Terms = new(MqttProtocolVersion.V5, IsLasting: true, MaxPacketBytes: uint.MaxValue);

    private readonly OutboundItem[] _batch = new OutboundItem[100];

    [Fact]
    public void Take_WindowFull_HoldsQos1AndAllBehindIt()
    {
        var peer = new FakePeer { ReceiveMaximum = 2 };
        var outbox = New(peer);
        Add(outbox, 1, 1, 1, 0);

        Assert.Equal([1, 2], Take(outbox, peer).Select(i => (int)i.PacketId));
        Assert.Empty(Take(outbox, peer));
        Acknowledge(outbox, 2);
        Assert.Equal([3, 0], Take(outbox, peer).Select(i => (int)i.PacketId));
    }

    [Fact]
    public void Answer_UnknownIdentifierOrWrongAnswer_ChangesNothing()
    {
        var peer = new FakePeer { ReceiveMaximum = 1 };
        var outbox = New(peer);
        Add(outbox, 2, 1);
        Take(outbox, peer);

        Acknowledge(outbox, 7);
        Acknowledge(outbox, 1);
        outbox.Answer(MqttPacketType.PubComp, 1, isRefused: false, number: 0);

        Assert.Equal(2, outbox.Count);
        Assert.Empty(Take(outbox, peer));
    }

    [Fact]
    public void Answer_Qos2_IsReleasedAndHoldsItsPlaceInTheWindowUntilPubComp()
    {
        // MQTT 5.0, 4.3.3 and 4.9.
        var peer = new FakePeer { ReceiveMaximum = 1 };
        var outbox = New(peer);
        Add(outbox, 2, 1);

        Assert.Equal(1, Assert.Single(Take(outbox, peer)).PacketId);
        outbox.Answer(MqttPacketType.PubRec, 1, isRefused: false, number: 0);
        Assert.True(Assert.Single(Take(outbox, peer)).IsRelease);
        Assert.Empty(Take(outbox, peer));
        outbox.Answer(MqttPacketType.PubComp, 1, isRefused: false, number: 0);
        Assert.Equal(2, Assert.Single(Take(outbox, peer)).PacketId);
    }

    [Fact]
    public void Answer_PubRecThatRefuses_IsTheEnd()
    {
        var peer = new FakePeer { ReceiveMaximum = 1 };
        var outbox = New(peer);
        Add(outbox, 2, 1);
        Take(outbox, peer);

        outbox.Answer(MqttPacketType.PubRec, 1, isRefused: true, number: 0);

        Assert.Equal(2, Assert.Single(Take(outbox, peer)).PacketId);
        Assert.Equal(1, outbox.Count);
    }

    [Fact]
    public void Attach_AfterALostConnection_SendsAgainInOrderAsDuplicatesWithTheSameIdentifiers()
    {
        var first = new FakePeer { Connection = 1, ReceiveMaximum = 3 };
        var outbox = New(first);
        Add(outbox, 1, 1, 1, 1);
        Take(outbox, first);
        Acknowledge(outbox, 2);
        outbox.Detach();
        Add(outbox, 1, 0);

        var second = new FakePeer { Connection = 2, ReceiveMaximum = 1 };
        outbox.Attach(second, Terms, 0);
        Assert.Equal([(1, true)], Take(outbox, second).Select(i => ((int)i.PacketId, i.Duplicate)));
        outbox.Detach();
        var third = new FakePeer { Connection = 3 };
        outbox.Attach(third, Terms, 0);

        Assert.Equal([(1, true), (3, true), (4, false), (5, false)], Take(outbox, third).Select(i => ((int)i.PacketId, i.Duplicate)));
        Assert.Empty(Take(outbox, second));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Add_OverTheCount_DropsTheNewOne(byte qos)
    {
        var peer = new FakePeer();
        var outbox = New(peer, new MqttEndpointOptions { MaxQueuedMessages = 3 });

        Add(outbox, qos, qos, qos, qos, qos);

        Assert.Equal(3, Take(outbox, peer).Length);
        Assert.False(peer.WasTooSlow);
    }

    [Fact]
    public void Add_OverTheCountWithDropOldest_DropsTheOldestNotSent()
    {
        var peer = new FakePeer { ReceiveMaximum = 1 };
        var outbox = New(peer, new MqttEndpointOptions { MaxQueuedMessages = 3, SlowSubscribers = SlowSubscriberPolicy.DropOldest });
        Add(outbox, 1);
        Take(outbox, peer);

        Add(outbox, 1, 1, 1);
        Acknowledge(outbox, 1);

        Assert.Equal(3, Assert.Single(Take(outbox, peer)).PacketId);
    }

    [Fact]
    public void Add_OverTheCountWithDisconnect_TellsThePeer()
    {
        var peer = new FakePeer();
        var outbox = New(peer, new MqttEndpointOptions { MaxQueuedMessages = 3, SlowSubscribers = SlowSubscriberPolicy.Disconnect });

        Add(outbox, 0, 0, 0, 0);

        Assert.True(peer.WasTooSlow);
    }

    [Fact]
    public void Add_Qos0WhileFull_LeavesTheRestItsRoom()
    {
        // What a replay of the log does not see must not decide over what it does.
        var peer = new FakePeer();
        var outbox = New(peer, new MqttEndpointOptions { MaxQueuedMessages = 3 });

        Add(outbox, 0, 0, 0, 0, 1, 1, 1, 1);

        Assert.Equal([0, 0, 0, 1, 1, 1], Take(outbox, peer).Select(i => (int)i.Qos));
    }

    [Fact]
    public void Add_OverTheBytes_DropsUntilAcknowledged()
    {
        var peer = new FakePeer();
        var outbox = New(peer, new MqttEndpointOptions { MaxQueuedBytes = 2500 });
        Add(outbox, 1, 1, 1);

        Assert.Equal(2, Take(outbox, peer).Length);
        Add(outbox, 1);
        Assert.Empty(Take(outbox, peer));
        Acknowledge(outbox, 1);
        Add(outbox, 1);
        Assert.Single(Take(outbox, peer));
    }

    [Fact]
    public void Add_OverTheBytesOfAllSessions_DropsUntilAnotherSessionHasSent()
    {
        var budget = new QueueBudget(2_500);
        var (first, second) = (new FakePeer { Connection = 1 }, new FakePeer { Connection = 2 });
        var (one, other) = (New(first, budget: budget), New(second, budget: budget));
        Add(one, 1, 1);

        Add(other, 1);
        Assert.Equal(0, other.Count);
        Add(other, 0);
        Assert.Equal(1, other.Count);
        Take(one, first);
        Acknowledge(one, 1);
        Add(other, 1);

        Assert.Equal(2, other.Count);
    }

    [Fact]
    public void Add_LargerThanTheClientTakes_IsLeftOut()
    {
        var peer = new FakePeer();
        var outbox = New(peer, terms: Terms with { MaxPacketBytes = 500 });
        Add(outbox, 1);
        outbox.Add(new OutboundItem(new OutboundMessage(Topic, [], "small"u8, 0), 1, Retain: false), nowUs: 0);

        Assert.Equal("small"u8, Assert.Single(Take(outbox, peer)).Message.Payload);
    }

    [Fact]
    public void Take_BehindAnAnswer_WaitsForIt()
    {
        var peer = new FakePeer();
        var outbox = New(peer);
        outbox.Add(new OutboundItem(new OutboundMessage(Topic, [], "kept"u8, 0), 0, Retain: true) { BehindAnswer = 2 }, nowUs: 0);

        Assert.Equal(0, outbox.Take(peer, 0, answered: 1, _batch));
        Assert.Equal(1, outbox.Take(peer, 0, answered: 2, _batch));
    }

    [Fact]
    public void Take_ManyQos0BehindOneThatIsNeverAcknowledged_HoldsNoMemory()
    {
        var peer = new FakePeer();
        var outbox = New(peer);
        Add(outbox, 1);
        Take(outbox, peer);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var message = new OutboundMessage(Topic, [], [], 0);
        var taken = 0;
        for (var i = 0; i < 100_000; i++)
        {
            outbox.Add(new OutboundItem(message, 0, Retain: false), nowUs: 0);
            taken += outbox.Take(peer, 0, 0, _batch);
        }

        Assert.Equal((100_000, 1), (taken, outbox.Count));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 100_000);
    }

    private static SessionOutbox New(FakePeer peer, MqttEndpointOptions? options = null, OutboxTerms? terms = null, QueueBudget? budget = null)
    {
        var outbox = new SessionOutbox(options ?? new MqttEndpointOptions(), new MqttMetrics(), new BrokerBench(), budget ?? new QueueBudget(long.MaxValue));
        outbox.Attach(peer, terms ?? Terms, 0);
        return outbox;
    }

    private static void Add(SessionOutbox outbox, params ReadOnlySpan<byte> qos)
    {
        foreach (var q in qos)
        {
            outbox.Add(new OutboundItem(new OutboundMessage(Topic, [], new byte[1000], 0), q, Retain: false), nowUs: 0);
        }
    }

    private static void Acknowledge(SessionOutbox outbox, ushort packetId) => outbox.Answer(MqttPacketType.PubAck, packetId, isRefused: false, number: 0);

    private OutboundItem[] Take(SessionOutbox outbox, FakePeer peer) => _batch[..outbox.Take(peer, 0, 0, _batch)];
}
