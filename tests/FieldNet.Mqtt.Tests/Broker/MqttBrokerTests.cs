using System.Text;
using FieldNet.Mqtt.Broker;
using FieldNet.Mqtt.Endpoint;
using FieldNet.Mqtt.Packets;
using FieldNet.Telemetry.Records;
using FieldNet.Telemetry.Topics;

namespace FieldNet.Mqtt.Tests.Broker;

public sealed class MqttBrokerTests
{
    private readonly TopicTable _topics = new();
    private readonly OutboundItem[] _batch = new OutboundItem[100];
    private MqttBroker _broker = New();

    [Fact]
    public void Apply_LogFromItsStartInANewBroker_HasTheSameRetainedMessages()
    {
        Apply(RecordKind.Publish, "s/one", "1", retain: true);
        Apply(RecordKind.Publish, "s/two", "2", retain: true);
        Apply(RecordKind.Publish, "s/one", "1b", retain: true);
        Apply(RecordKind.Publish, "s/two", "", retain: true);
        Apply(RecordKind.Will, "s/three", "gone", retain: true);
        Apply(RecordKind.Publish, "s/four", "not retained");

        var peer = Connect("late");
        Subscribe(peer, "s/#");

        Assert.Equal(["s/one=1b retained", "s/three=gone retained"], Received(peer).Order());
    }

    [Fact]
    public void Apply_UnknownConnections_ConcernNobody()
    {
        Apply(RecordKind.Connect, "", "{}", connection: 9);
        Apply(RecordKind.Subscribe, "", "\0\u0001\0\0\u0001a\0", connection: 9);
        Apply(RecordKind.Close, "", "{}", connection: 9);

        Apply(RecordKind.Publish, "a", "x");
    }

    [Fact]
    public void Apply_TopicsThatTheGrammarRefuses_ReachNobodyAndAreNotRetained()
    {
        Assert.SkipUnless(_topics.Intern("fieldnet/v1/a/b/c/_state"u8).Refusal != default, "The topic table is not written yet.");
        var peer = Connect("s");
        Subscribe(peer, "#");

        Apply(RecordKind.Publish, "fieldnet/v1/chu/icu1/bed-03/_state", "{}", retain: true);
        Apply(RecordKind.Publish, "fieldnet/nonsense", "{}");
        Apply(RecordKind.Publish, "fieldnet/v1/chu/icu1/bed-03/mon1/status", "{}");
        Subscribe(peer, "fieldnet/#");

        Assert.Equal(["fieldnet/v1/chu/icu1/bed-03/mon1/status={}"], Received(peer));
    }

    [Fact]
    public void Apply_RetainedStoreFull_RoutesAndKeepsWhatItHas()
    {
        _broker = New(new MqttEndpointOptions { MaxRetainedMessages = 1 });
        var live = Connect("live", connection: 1);
        Subscribe(live, "#");
        Apply(RecordKind.Publish, "a", "1", retain: true);
        Apply(RecordKind.Publish, "b", "2", retain: true);
        Apply(RecordKind.Publish, "a", "3", retain: true);
        var late = Connect("late", connection: 2);
        Subscribe(late, "#");

        Assert.Equal(["a=1", "b=2", "a=3"], Received(live));
        Assert.Equal(["a=3 retained"], Received(late));
    }

    [Fact]
    public void Subscribe_RefusedFilters_HaveTheirCodes()
    {
        _broker = New(new MqttEndpointOptions { MaxSubscriptionsPerSession = 2, MaxFilterLevels = 3 });
        var peer = Connect("s");

        Assert.Equal(0x01, Subscribe(peer, "a", 2));
        Assert.Equal(0x8F, Subscribe(peer, "a/#/b"));
        Assert.Equal(0x8F, Subscribe(peer, "a/b/c/d"));
        Assert.Equal(0x9E, Subscribe(peer, "$share/g/a"));
        Assert.Equal(0x00, Subscribe(peer, "b"));
        Assert.Equal(0x97, Subscribe(peer, "c"));
        Assert.Equal(0x00, Subscribe(peer, "a"));
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(1, 1)]
    [InlineData(2, 0)]
    public void Subscribe_RetainHandling_DecidesWhenRetainedMessagesAreSent(int handling, int expected)
    {
        // MQTT 5.0, 3.3.1.3.
        Apply(RecordKind.Publish, "a", "1", retain: true);
        var peer = Connect("s");

        Subscribe(peer, "a", (byte)(handling << 4));
        Subscribe(peer, "a", (byte)(handling << 4));

        Assert.Equal(expected, Received(peer).Count);
    }

    [Fact]
    public void Publish_NoLocal_DoesNotComeBack()
    {
        // MQTT-3.8.3-3.
        var peer = Connect("s", connection: 5);
        Subscribe(peer, "a", 0b100);
        Subscribe(peer, "b", 0b1000);

        Apply(RecordKind.Publish, "a", "own", connection: 5);
        Apply(RecordKind.Publish, "a", "other", connection: 6);
        Apply(RecordKind.Publish, "b", "own", connection: 5, retain: true);

        Assert.Equal(["a=other", "b=own retained"], Received(peer));
    }

    [Fact]
    public void Publish_QosOfMessageAndSubscription_TheLowerCounts()
    {
        var peer = Connect("s");
        Subscribe(peer, "zero", 0);
        Subscribe(peer, "one", 1);

        Apply(RecordKind.Publish, "zero", "x", qos: 1);
        Apply(RecordKind.Publish, "one", "x", qos: 1);
        Apply(RecordKind.Publish, "one", "x", qos: 0);

        var items = _batch[..peer.Outbox!.Take(peer, _batch)];
        Assert.Equal([0, 1, 0], items.Select(i => (int)i.Qos));
    }

    [Fact]
    public void Connect_SessionKept_HasItsSubscriptionsAndQueuedMessages()
    {
        var first = Connect("s", connection: 1, keepsSession: true);
        Subscribe(first, "a", 1);
        Apply(RecordKind.Close, "", "", connection: 1, client: "s");
        Apply(RecordKind.Publish, "a", "while away", qos: 1);
        Apply(RecordKind.Publish, "a", "lost", qos: 0);

        var second = Connect("s", connection: 2);

        Assert.True(second.SessionPresent);
        Assert.Equal(["a=while away"], Received(second));
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public void Connect_CleanStartOrSessionNotKept_StartsEmpty(bool keepsSession, bool cleanStart)
    {
        var first = Connect("s", connection: 1, keepsSession: keepsSession);
        Subscribe(first, "a", 1);
        Apply(RecordKind.Close, "", "", connection: 1, client: "s");

        var second = Connect("s", connection: 2, cleanStart: cleanStart);
        Apply(RecordKind.Publish, "a", "x", qos: 1);

        Assert.False(second.SessionPresent);
        Assert.Empty(Received(second));
    }

    [Fact]
    public void Connect_SessionsFull_EndsAnAbsentOneOrRefuses()
    {
        _broker = New(new MqttEndpointOptions { MaxSessions = 2 });
        Connect("a", connection: 1, keepsSession: true);
        Connect("b", connection: 2);
        Assert.Equal(MqttReasonCode.QuotaExceeded, Connect("c", connection: 3).Rejected);

        Apply(RecordKind.Close, "", "", connection: 1, client: "a");

        Assert.Null(Connect("d", connection: 4).Rejected);
    }

    [Fact]
    public void Apply_KnownTopicNobodySubscribed_AllocatesNothing()
    {
        Subscribe(Connect("s"), "other/#");
        var topic = _topics.Intern("fieldnet/v1/chu/icu1/bed-03/mon1/vitals"u8);
        var payload = new byte[128];
        Publish();

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            Publish();
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.SkipUnless(topic.Id >= 0, "The topic table is not written yet.");
        Assert.Equal(0, allocated);

        void Publish() => _broker.Apply(new LogRecord { Kind = RecordKind.Publish, Qos = 1, Connection = 1, Client = "c", Topic = topic, Payload = payload });
    }

    private static MqttBroker New(MqttEndpointOptions? options = null) => new(options ?? new MqttEndpointOptions(), new MqttMetrics());

    private FakePeer Connect(string client, long connection = 1, bool keepsSession = false, bool cleanStart = false)
    {
        var peer = new FakePeer { Connection = connection, KeepsSession = keepsSession, CleanStart = cleanStart };
        _broker.Attach(peer);
        Apply(RecordKind.Connect, "", "{}", connection: connection, client: client);
        return peer;
    }

    private byte Subscribe(FakePeer peer, string filter, byte options = 0)
    {
        byte[] body = [0, 1, 0, 0, (byte)filter.Length, .. Encoding.UTF8.GetBytes(filter), options];
        Apply(RecordKind.Subscribe, "", Encoding.Latin1.GetString(body), connection: peer.Connection);
        return peer.Codes!.Single();
    }

    private List<string> Received(FakePeer peer) =>
        [.. _batch[..peer.Outbox!.Take(peer, _batch)].Select(i => $"{i.Message.Topic.Name}={Encoding.UTF8.GetString(i.Message.Payload)}{(i.Retain ? " retained" : "")}")];

    private void Apply(RecordKind kind, string topic, string payload, byte qos = 0, bool retain = false, long connection = 1, string client = "") =>
        _broker.Apply(new LogRecord
        {
            Kind = kind,
            Qos = qos,
            Retain = retain,
            Connection = connection,
            Client = client,
            Topic = topic.Length == 0 ? Topic.None : _topics.Intern(Encoding.UTF8.GetBytes(topic)),
            Payload = Encoding.Latin1.GetBytes(payload),
        });
}
