using FieldNet.Mqtt.Packets;

namespace FieldNet.Mqtt.Tests.Broker;

/// <summary>MQTT 5.0 section 4.8.2.</summary>
public sealed class SharedSubscriptionTests
{
    private readonly BrokerBench _bench = new();

    [Fact]
    public void Publish_ThreeMembers_EachGetsAThird()
    {
        var members = new[] { "a", "b", "c" }.Select(client => Join(client)).ToArray();
        for (var i = 0; i < 30; i++)
        {
            _bench.Publish("t/x", $"{i}", qos: 1);
        }

        var shares = members.Select(_bench.Received).ToArray();
        Assert.Equal([10, 10, 10], shares.Select(share => share.Count));
        Assert.Equal(30, shares.SelectMany(share => share).Distinct().Count());
    }

    [Fact]
    public void Publish_TwoGroupsAndOneAlone_EachGetsOne()
    {
        var first = Join("a");
        var second = _bench.Connect("b");
        _bench.Subscribe(second, "$share/other/t/#", 1);
        var alone = _bench.Connect("c");
        _bench.Subscribe(alone, "t/#", 1);

        _bench.Publish("t/x", "1", qos: 1);

        Assert.All([first, second, alone], peer => Assert.Single(_bench.Received(peer)));
    }

    [Fact]
    public void Publish_AMemberAway_GoesToThoseWhoAreThere()
    {
        var away = Join("a", expiry: 60);
        var there = Join("b");
        _bench.Close(away, "a");
        for (var i = 0; i < 4; i++)
        {
            _bench.Publish("t/x", $"{i}", qos: 1);
        }

        Assert.Equal(4, _bench.Received(there).Count);
    }

    [Fact]
    public void Publish_AllAway_WaitsForOneThatComesBack()
    {
        _bench.Close(Join("a", expiry: 60), "a");
        _bench.Publish("t/x", "1", qos: 1);

        Assert.Equal(["t/x=1"], _bench.Received(_bench.Connect("a", expiry: 60)));
    }

    /// <summary>As behind an agent that was down for as long as the sessions last: the log's writer must not be asked for more than it takes.</summary>
    [Fact]
    public void TimePassed_ManyMembersExpireAtOnce_PassOnALimitedNumberBehindEachRecord()
    {
        var members = Enumerable.Range(0, 80).Select(i => (Client: $"m{i}", Peer: Join($"m{i}", expiry: 60))).ToArray();
        Array.ForEach(members, member => _bench.Close(member.Peer, member.Client));
        for (var i = 0; i < 80_000; i++)
        {
            _bench.Publish("t/x", "", qos: 1);
        }

        var stays = Join("stays", expiry: 600);
        _bench.Wait(61);
        while (_bench.Broker.NextDeadlineUs <= _bench.NowUs)
        {
            _bench.Wait(0);
        }

        Assert.Equal("stays", Assert.Single(_bench.Sessions()).Client);
        Assert.InRange(_bench.MostInjected, 1_000, 5_200);
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(60u)]
    public void Close_MessagesUnacknowledged_GoToTheOthers(uint expiry)
    {
        var leaving = Join("a", expiry);
        var staying = Join("b", expiry: 60);
        for (var i = 0; i < 6; i++)
        {
            _bench.Publish("t/x", $"{i}", qos: 1);
        }

        var taken = _bench.Take(leaving);
        Assert.Equal(3, taken.Length);
        if (expiry > 0)
        {
            _bench.Delivered(leaving, MqttPacketType.PubAck, taken[0].PacketId);
        }
        else
        {
            leaving.Outbox.Answer(MqttPacketType.PubAck, taken[0].PacketId, isRefused: false, number: 0);
        }

        _bench.Close(leaving, "a");

        Assert.Equal(["1", "2", "3", "4", "5"], _bench.Received(staying).Select(text => text[4..]).Order());
        _bench.Crash();
        Assert.Equal(["1 dup", "2 dup", "3 dup", "4 dup", "5 dup"], _bench.Received(_bench.Connect("b", expiry: 60)).Select(text => text[4..]).Order());
    }

    [Fact]
    public void Unsubscribe_OneOfTwo_LeavesTheOther()
    {
        var first = Join("a");
        var second = Join("b");
        _bench.Unsubscribe(first, "$share/g/t/#");
        _bench.Publish("t/x", "1");
        _bench.Publish("t/x", "2");

        Assert.Empty(_bench.Received(first));
        Assert.Equal(2, _bench.Received(second).Count);
    }

    [Fact]
    public void Subscribe_Shared_SendsNoRetainedMessages()
    {
        // MQTT 5.0, 3.8.4: retained messages are not sent for a shared subscription.
        _bench.Publish("t/x", "kept", retain: true);

        Assert.Empty(_bench.Received(Join("a")));
    }

    private FakePeer Join(string client, uint expiry = 0)
    {
        var peer = _bench.Connect(client, expiry);
        Assert.Equal(1, _bench.Subscribe(peer, "$share/g/t/#", 1));
        return peer;
    }
}
