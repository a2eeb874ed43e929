using FieldNet.Mqtt.Broker;
using FieldNet.Mqtt.Endpoint;
using FieldNet.Mqtt.Packets;
using FieldNet.Telemetry.Records;

namespace FieldNet.Mqtt.Tests.Broker;

/// <summary>Sessions and Wills over time, and over an agent that goes and comes again (MQTT 5.0 sections 3.1.2, 3.1.3.2, 4.1).</summary>
public sealed class SessionLifeTests
{
    private readonly BrokerBench _bench = new();

    [Fact]
    public void Restore_WithASubscriptionToTheCounters_SendsThemAgain()
    {
        var peer = _bench.Connect("a", expiry: uint.MaxValue);
        _bench.Subscribe(peer, "$SYS/#");
        _bench.CrashWithCheckpoint(_bench.Log.Count);

        Assert.NotEqual(MqttSession.Never, _bench.Broker.NextDeadlineUs);
        _bench.Unsubscribe(peer, "$SYS/#");
        Assert.Equal(MqttSession.Never, _bench.Broker.NextDeadlineUs);
        var other = _bench.Connect("b");
        _bench.Subscribe(other, "$SYS/#");
        Assert.NotEqual(MqttSession.Never, _bench.Broker.NextDeadlineUs);
    }

    [Fact]
    public void Connect_WillsBeyondTheirBytes_IsRejectedAndTheOthersStay()
    {
        var bench = new BrokerBench(new MqttEndpointOptions { MaxWillBytes = 25_000 });
        var will = new WillMessage { Topic = "w"u8.ToArray(), Payload = new byte[10_000], Properties = [], Qos = 0, Retain = false, DelaySeconds = 60 };
        bench.Close(bench.Connect("a", expiry: 60, will: will), "a");
        var second = bench.Connect("b", expiry: 60, will: will);

        Assert.Equal(MqttReasonCode.QuotaExceeded, bench.Connect("c", expiry: 60, will: will).Rejected);
        Assert.Null(bench.Connect("d", will: will with { Payload = new byte[100] }).Rejected);
        Assert.Null(bench.Connect("b", expiry: 60, will: will).Rejected);
        Assert.True(second.WasTakenOver);
        bench.Wait(61);
        Assert.Null(bench.Connect("c", expiry: 60, will: will).Rejected);
    }

    [Fact]
    public void Connect_SessionKept_HasItsSubscriptionsAndQueuedMessages()
    {
        var first = _bench.Connect("s", expiry: 60);
        _bench.Subscribe(first, "a", 1);
        _bench.Close(first, "s");
        _bench.Publish("a", "while away", qos: 1);
        _bench.Publish("a", "lost", qos: 0);

        var second = _bench.Connect("s", expiry: 60);

        Assert.True(second.SessionPresent);
        Assert.Equal(["a=while away"], _bench.Received(second));
    }

    [Theory]
    [InlineData(60, true)]
    [InlineData(0, false)]
    public void Connect_CleanStartOrSessionNotKept_StartsEmpty(uint expiry, bool clean)
    {
        var first = _bench.Connect("s", expiry);
        _bench.Subscribe(first, "a", 1);
        _bench.Close(first, "s");

        var second = _bench.Connect("s", clean: clean);
        _bench.Publish("a", "x", qos: 1);

        Assert.False(second.SessionPresent);
        Assert.Empty(_bench.Received(second));
    }

    [Theory]
    [InlineData(59, true)]
    [InlineData(61, false)]
    public void Connect_AfterTheExpiry_StartsEmpty(double away, bool present)
    {
        _bench.Close(_bench.Connect("s", expiry: 60), "s");
        _bench.Wait(away);

        Assert.Equal(present, _bench.Connect("s", expiry: 60).SessionPresent);
    }

    [Fact]
    public void Close_WithANewExpiry_ThatOneCounts()
    {
        _bench.Close(_bench.Connect("s", expiry: 60), "s", leave: true, expiry: 10);
        _bench.Wait(11);

        Assert.False(_bench.Connect("s").SessionPresent);
    }

    [Fact]
    public void Crash_LastingSession_ComesBackWithEverything()
    {
        var first = _bench.Connect("s", expiry: 60);
        _bench.Subscribe(first, "a", 2);
        _bench.Publish("a", "1", qos: 1);
        _bench.Publish("a", "2", qos: 2);
        _bench.Publish("a", "3", qos: 2);
        _bench.Publish("b", "kept", qos: 1, retain: true);
        var ids = _bench.Take(first).Select(item => item.PacketId).ToArray();
        _bench.Delivered(first, MqttPacketType.PubAck, ids[0]);
        _bench.Delivered(first, MqttPacketType.PubRec, ids[1]);

        _bench.Crash();
        _bench.Publish("a", "4", qos: 1);
        var second = _bench.Connect("s", expiry: 60);

        Assert.True(second.SessionPresent);
        Assert.Equal([$"release {ids[1]}", "a=3 dup", "a=4"], _bench.Received(second));
        _bench.Subscribe(second, "b");
        Assert.Equal(["b=kept retained"], _bench.Received(second));
    }

    [Fact]
    public void Crash_Qos2InHand_IsStillKnown()
    {
        // A second copy of what has its record is no new message, before and after a crash; once released it is one.
        var first = _bench.Connect("s", expiry: 60);
        _bench.Publish("a", "x", qos: 2, connection: first.Connection, packetId: 5);
        _bench.Publish("a", "y", qos: 2, connection: first.Connection, packetId: 6);
        _bench.Release(first, 6);

        _bench.Crash();

        Assert.Equal([5], _bench.Connect("s", expiry: 60).Session!.Held.Keys.Select(id => (int)id));
    }

    [Fact]
    public void Crash_SessionOfTheConnection_IsGone()
    {
        _bench.Subscribe(_bench.Connect("s"), "a", 1);

        _bench.Crash();

        Assert.False(_bench.Connect("s").SessionPresent);
    }

    [Fact]
    public void Close_LastingSessionNotCommitted_IsSentBehindTheCommitOnly()
    {
        var peer = _bench.Connect("s", expiry: 60);
        _bench.Subscribe(peer, "a", 1);
        _bench.Committed = _bench.Log.Count;
        _bench.Publish("a", "1", qos: 1);

        Assert.Empty(_bench.Received(peer));
        _bench.Committed++;
        Assert.Equal(["a=1"], _bench.Received(peer));
    }

    [Theory]
    [InlineData("reset", false, 1)]
    [InlineData("disconnect", true, 0)]
    [InlineData(CloseNote.ServerStopping, false, 0)]
    public void Close_WithAWill_PublishesItUnlessItWasWaived(string reason, bool leave, int wills)
    {
        _bench.Close(_bench.Connect("s", will: Will()), "s", leave, reason);

        Assert.Equal(wills, Wills());
    }

    [Fact]
    public void WillDelay_ClientBackInTime_IsNotPublished()
    {
        // MQTT-3.1.3-9.
        _bench.Close(_bench.Connect("s", expiry: 60, will: Will(delay: 5)), "s");
        _bench.Wait(4);
        _bench.Connect("s", expiry: 60);
        _bench.Wait(10);

        Assert.Equal(0, Wills());
    }

    [Theory]
    [InlineData(60, 5, 4, 0)]
    [InlineData(60, 5, 6, 1)]
    [InlineData(3, 5, 2, 0)]
    [InlineData(3, 5, 4, 1)]
    [InlineData(0, 5, 0, 1)]
    public void WillDelay_ClientStaysAway_IsPublishedWhenItOrTheSessionEnds(uint expiry, uint delay, double away, int wills)
    {
        _bench.Close(_bench.Connect("s", expiry, will: Will(delay)), "s");
        _bench.Wait(away);

        Assert.Equal(wills, Wills());
    }

    [Fact]
    public void WillDelay_AgentStartsMeanwhile_IsPublishedOnce()
    {
        _bench.Close(_bench.Connect("s", expiry: 60, will: Will(delay: 5)), "s");
        _bench.Crash();
        _bench.Wait(6);
        _bench.Crash();
        _bench.Wait(60);

        Assert.Equal(1, Wills());
    }

    [Fact]
    public void WillDelay_CleanStartMeanwhile_IsPublished()
    {
        _bench.Close(_bench.Connect("s", expiry: 60, will: Will(delay: 5)), "s");
        _bench.Connect("s", clean: true);

        Assert.Equal(1, Wills());
    }

    [Fact]
    public void Will_TakenOver_ComesBeforeWhatTheNewConnectionSays()
    {
        var first = _bench.Connect("s", will: Will());
        var second = _bench.Connect("s");
        _bench.Publish("w", "online", connection: second.Connection);

        Assert.True(first.WasTakenOver);
        Assert.Equal(["gone", "online"], _bench.Log.Where(record => record.TopicName == "w").Select(record => record.Text));
    }

    [Fact]
    public void Publish_WithExpiry_IsNotSentWhenItHasPassed()
    {
        byte[] twoSeconds = [0x02, 0, 0, 0, 2];
        var first = _bench.Connect("s", expiry: 60);
        _bench.Subscribe(first, "a", 1);
        _bench.Close(first, "s");
        _bench.Publish("a", "old", qos: 1, properties: twoSeconds);
        _bench.Wait(1.5);
        _bench.Publish("a", "new", qos: 1, properties: twoSeconds);
        _bench.Publish("r", "kept", retain: true, properties: twoSeconds);
        _bench.Wait(1);
        var second = _bench.Connect("s", expiry: 60);
        _bench.Subscribe(second, "r");

        var items = _bench.Take(second);

        Assert.Equal(["new", "kept"], items.Select(item => System.Text.Encoding.UTF8.GetString(item.Message.Payload)));
        Assert.Equal(1u, items[0].Message.RemainingSeconds(_bench.NowUs));
    }

    private static WillMessage Will(uint delay = 0) =>
        new() { Topic = "w"u8.ToArray(), Payload = "gone"u8.ToArray(), Properties = [], Qos = 0, Retain = false, DelaySeconds = delay };

    private int Wills() => _bench.Log.Count(record => record.Kind == RecordKind.Will);
}
