using FieldNet.Mqtt.Endpoint;
using FieldNet.Mqtt.Packets;
using FieldNet.Telemetry.Records;

namespace FieldNet.Mqtt.Tests.Broker;

public sealed class MqttBrokerTests
{
    private BrokerBench _bench = new();

    [Fact]
    public void Subscribe_BeyondTheBytesOfAllFilters_IsRefusedUntilOthersGo()
    {
        var bench = new BrokerBench(new MqttEndpointOptions { MaxSubscriptionBytes = 10_000 });
        var peer = bench.Connect("s");
        var (deep, shared) = (string.Join('/', Enumerable.Repeat("a", 20)), "$share/g/" + string.Join('/', Enumerable.Repeat("b", 20)));

        Assert.Equal(0, bench.Subscribe(peer, deep));
        Assert.Equal(0, bench.Subscribe(peer, deep));
        Assert.Equal((byte)MqttReasonCode.QuotaExceeded, bench.Subscribe(peer, shared));
        bench.Unsubscribe(peer, deep);
        Assert.Equal(0, bench.Subscribe(peer, shared));
        bench.Close(peer, "s");
        Assert.Equal(0, bench.Subscribe(bench.Connect("s"), deep));
    }

    /// <summary>A packet of 256 KiB has room for 65,000 filters; each may ask for everything retained.</summary>
    [Fact]
    public void Subscribe_TheSameFilterThousandsOfTimes_KeepsMemoryBounded()
    {
        var bench = new BrokerBench();
        for (var i = 0; i < 500; i++)
        {
            bench.Publish($"t/{i}", "x", retain: true);
        }

        var peer = bench.Connect("s");
        byte[] body = [0, 1, 0, .. Enumerable.Range(0, 20_000).SelectMany(static _ => new byte[] { 0, 1, (byte)'#', 0 })];
        var before = GC.GetAllocatedBytesForCurrentThread();
        bench.Apply(new StoredRecord { Kind = RecordKind.Subscribe, Connection = peer.Connection, PacketId = 1, Payload = body });

        Assert.Equal(20_000, peer.Codes!.Length);
        Assert.All(peer.Codes[..1_000], code => Assert.Equal(0, code));
        Assert.All(peer.Codes[1_000..], code => Assert.Equal((byte)MqttReasonCode.QuotaExceeded, code));
        Assert.Equal(1_000, bench.Take(peer).Length);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16 * 1024 * 1024);
    }

    [Fact]
    public void Apply_UnknownConnections_ConcernNobody()
    {
        _bench.Apply(new StoredRecord { Kind = RecordKind.Subscribe, Connection = 9, Payload = [0, 1, 0, 0, 1, (byte)'a', 0] });
        _bench.Apply(new StoredRecord { Kind = RecordKind.Close, Connection = 9, Payload = "{}"u8.ToArray() });
        _bench.Apply(new StoredRecord { Kind = RecordKind.Release, Connection = 9, PacketId = 1 });
        _bench.Apply(new StoredRecord { Kind = RecordKind.Delivered, Connection = 9, PacketId = 1, Payload = [0x40] });

        _bench.Publish("a", "x");
    }

    [Fact]
    public void Apply_TopicsThatTheGrammarRefuses_ReachNobodyAndAreNotRetained()
    {
        var peer = _bench.Connect("s");
        _bench.Subscribe(peer, "#");

        _bench.Publish("fieldnet/v1/chu/icu1/bed-03/_state", "{}", retain: true);
        _bench.Publish("fieldnet/nonsense", "{}");
        _bench.Publish("fieldnet/v1/chu/icu1/bed-03/mon1/status", "{}");
        _bench.Subscribe(peer, "fieldnet/#");

        Assert.Equal(["fieldnet/v1/chu/icu1/bed-03/mon1/status={}"], _bench.Received(peer));
    }

    [Fact]
    public void Apply_RetainedStoreFull_RoutesAndKeepsWhatItHas()
    {
        _bench = new BrokerBench(new MqttEndpointOptions { MaxRetainedMessages = 1 });
        var live = _bench.Connect("live");
        _bench.Subscribe(live, "#");
        _bench.Publish("a", "1", retain: true);
        _bench.Publish("b", "2", retain: true);
        _bench.Publish("a", "3", retain: true);
        var late = _bench.Connect("late");
        _bench.Subscribe(late, "#");

        Assert.Equal(["a=1", "b=2", "a=3"], _bench.Received(live));
        Assert.Equal(["a=3 retained"], _bench.Received(late));
    }

    [Fact]
    public void Subscribe_RefusedFilters_HaveTheirCodes()
    {
        _bench = new BrokerBench(new MqttEndpointOptions { MaxSubscriptionsPerSession = 3, MaxTopicLevels = 3 });
        var peer = _bench.Connect("s");

        Assert.Equal(0x02, _bench.Subscribe(peer, "a", 2));
        Assert.Equal(0x8F, _bench.Subscribe(peer, "a/#/b"));
        Assert.Equal(0x8F, _bench.Subscribe(peer, "a/b/c/d"));
        Assert.Equal(0x01, _bench.Subscribe(peer, "$share/g/a", 1));
        Assert.Equal(0x00, _bench.Subscribe(peer, "b"));
        Assert.Equal(0x97, _bench.Subscribe(peer, "c"));
        Assert.Equal(0x00, _bench.Subscribe(peer, "a"));
    }

    [Fact]
    public void Subscribe_PolicyDenies_HasItsCodeAndNoMessages()
    {
        var peer = _bench.Connect("s");
        byte[] body = [0, 1, 0, 0, 1, (byte)'a', 0, 0, 1, (byte)'b', 0];
        _bench.Apply(new StoredRecord { Kind = RecordKind.Subscribe, Connection = peer.Connection, Properties = [0x87, 0], Payload = body });
        _bench.Publish("a", "x");
        _bench.Publish("b", "y");

        Assert.Equal([0x87, 0x00], peer.Codes);
        Assert.Equal(["b=y"], _bench.Received(peer));
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(1, 1)]
    [InlineData(2, 0)]
    public void Subscribe_RetainHandling_DecidesWhenRetainedMessagesAreSent(int handling, int expected)
    {
        // MQTT 5.0, 3.3.1.3.
        _bench.Publish("a", "1", retain: true);
        var peer = _bench.Connect("s");

        _bench.Subscribe(peer, "a", (byte)(handling << 4));
        _bench.Subscribe(peer, "a", (byte)(handling << 4));

        Assert.Equal(expected, _bench.Received(peer).Count);
    }

    [Fact]
    public void Publish_NoLocal_DoesNotComeBack()
    {
        // MQTT-3.8.3-3.
        var peer = _bench.Connect("s");
        _bench.Subscribe(peer, "a", 0b100);
        _bench.Subscribe(peer, "b", 0b1000);

        _bench.Publish("a", "own", connection: peer.Connection);
        _bench.Publish("a", "other", connection: 99);
        _bench.Publish("b", "own", connection: peer.Connection, retain: true);

        Assert.Equal(["a=other", "b=own retained"], _bench.Received(peer));
    }

    [Fact]
    public void Publish_QosOfMessageAndSubscription_TheLowerCounts()
    {
        var peer = _bench.Connect("s");
        _bench.Subscribe(peer, "zero", 0);
        _bench.Subscribe(peer, "one", 1);
        _bench.Subscribe(peer, "two", 2);

        _bench.Publish("zero", "x", qos: 2);
        _bench.Publish("one", "x", qos: 2);
        _bench.Publish("two", "x", qos: 2);
        _bench.Publish("two", "x", qos: 0);

        Assert.Equal([0, 1, 2, 0], _bench.Take(peer).Select(item => (int)item.Qos));
    }

    [Fact]
    public void Publish_OverlappingSubscriptions_ComesOnceWithAllIdentifiers()
    {
        // MQTT 5.0, 3.3.4: the highest QoS of all, and the identifiers of all.
        var peer = _bench.Connect("s");
        _bench.Subscribe(peer, "a/#", 0, [0x0B, 1]);
        _bench.Subscribe(peer, "a/+", 2, [0x0B, 0x80, 0x02]);

        _bench.Publish("a/b", "x", qos: 1);

        var item = Assert.Single(_bench.Take(peer));
        Assert.Equal((1, "0B010B8002"), (item.Qos, Convert.ToHexString(item.Identifiers)));
    }

    [Fact]
    public void Connect_SessionsFull_EndsAnAbsentOneOrRefuses()
    {
        _bench = new BrokerBench(new MqttEndpointOptions { MaxSessions = 2 });
        var a = _bench.Connect("a", expiry: 100);
        _bench.Connect("b");
        Assert.Equal(MqttReasonCode.QuotaExceeded, _bench.Connect("c").Rejected);

        _bench.Close(a, "a");

        Assert.Null(_bench.Connect("d").Rejected);
    }

    [Fact]
    public void SystemTopics_Subscribed_ComeAtOnceAndAgainUntilNobodyListens()
    {
        var peer = _bench.Connect("s");
        Assert.Equal(long.MaxValue, _bench.Broker.NextDeadlineUs);
        _bench.Subscribe(peer, "$SYS/broker/clients/#");
        Assert.Equal(3, _bench.Received(peer).Count(text => text.Contains(" retained", StringComparison.Ordinal)));

        _bench.Wait(10);
        Assert.Equal(3, _bench.Received(peer).Count);
        _bench.Unsubscribe(peer, "$SYS/broker/clients/#");

        Assert.Equal(long.MaxValue, _bench.Broker.NextDeadlineUs);
    }

    [Fact]
    public void Publish_ByAClientToSystemTopics_ReachesNobody()
    {
        var peer = _bench.Connect("s");
        _bench.Subscribe(peer, "$SYS/broker/version");
        _bench.Received(peer);

        _bench.Publish("$SYS/broker/version", "mine", retain: true);

        Assert.Empty(_bench.Received(peer));
    }

    [Fact]
    public void Apply_KnownTopicNobodySubscribed_AllocatesNothing()
    {
        _bench.Subscribe(_bench.Connect("s"), "other/#");
        var topic = _bench.Topic("fieldnet/v1/chu/icu1/bed-03/mon1/vitals");
        var payload = new byte[128];
        Publish();

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            Publish();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Publish() => _bench.Broker.Apply(new LogRecord { Kind = RecordKind.Publish, Qos = 1, Connection = 1, Client = "c", Topic = topic, Payload = payload });
    }
}
