namespace FieldNet.Mqtt.Tests.Conformance;

/// <summary>MQTT 5.0 section 4.8: what a shared subscription delivers, and to whom.</summary>
public sealed class Shared5Tests() : ConformanceTests(Wire.V5)
{
    [Fact]
    public async Task MQTT_4_8_2_3_Share_RespectsTheMembersGrantedQos()
    {
        var peer = await ConnectAsync();
        await peer.SubscribeAsync("$share/s/a", 1);

        await peer.PublishAsync("a", "x", 2);

        Assert.Equal(1, (await peer.ReceiveAsync("x")).Qos);
    }

    [Fact]
    public async Task MQTT_4_8_2_4_Qos2MessageUnderWay_IsCompletedWithTheSameMember()
    {
        var member = await ConnectLastingAsync("member");
        await member.SubscribeAsync("$share/s/a", 2);
        await member.PublishAsync("a", "x", 2);
        var id = (await member.NextAsync(Heard.Publish)).Id;
        var other = await ConnectAsync("other");
        await other.SubscribeAsync("$share/s/a", 2);
        member.Cut();
        await ClosedAsync("member");

        await other.AssertNothingAsync(other);
        var again = await ConnectLastingAsync("member");

        Assert.Equal(id, (await again.ReceiveAsync("x")).Id);
    }

    [Fact]
    public async Task MQTT_4_8_2_5_Qos2MessageOfAnEndedSession_GoesToNoOther()
    {
        var member = await ConnectAsync("member");
        await member.SubscribeAsync("$share/s/a", 2);
        await member.PublishAsync("a", "x", 2);
        await member.NextAsync(Heard.Publish);
        var other = await ConnectAsync("other");
        await other.SubscribeAsync("$share/s/a", 2);
        member.Cut();
        await ClosedAsync("member");

        await other.AssertNothingAsync(other);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task MQTT_4_8_2_6_MessageThatAMemberRefused_GoesToNoOther(byte qos)
    {
        var member = await ConnectAsync("member");
        await member.SubscribeAsync("$share/s/a", qos);
        await member.PublishAsync("a", "x", qos);
        var message = await member.NextAsync(Heard.Publish);
        var other = await ConnectAsync("other");
        await other.SubscribeAsync("$share/s/a", qos);

        await member.SendAsync(Wire.Answer(qos == 1 ? Heard.PubAck : Heard.PubRec, (ushort)message.Id, 0x80));
        await member.AskAsync(Wire.Ping, Heard.PingResp);
        member.Cut();
        await ClosedAsync("member");

        await other.AssertNothingAsync(other);
    }

    [Fact]
    public async Task Share_OfThreeMembers_IsSpreadEvenly()
    {
        List<Peer> members = [];
        foreach (var name in new[] { "one", "two", "three" })
        {
            members.Add(await ConnectAsync(name));
            await members[^1].SubscribeAsync("$share/s/a/#", 1);
        }

        var publisher = await ConnectAsync("publisher");
        for (var i = 0; i < 30; i++)
        {
            await publisher.PublishAsync($"a/{i % 4}", $"{i}", 1);
        }

        HashSet<string> all = [];
        foreach (var member in members)
        {
            for (var i = 0; i < 10; i++)
            {
                var message = await member.NextAsync(Heard.Publish);
                Assert.True(all.Add(message.Payload), "one message went to two members");
                await member.SendAsync(Wire.Answer(Heard.PubAck, (ushort)message.Id));
            }
        }
    }

    [Fact]
    public async Task Share_MemberThatLeaves_HandsOverWhatItDidNotAcknowledge()
    {
        var leaving = await ConnectAsync("leaving");
        await leaving.SubscribeAsync("$share/s/a", 1);
        await leaving.PublishAsync("a", "x", 1);
        await leaving.NextAsync(Heard.Publish);
        var staying = await ConnectAsync("staying");
        await staying.SubscribeAsync("$share/s/a", 1);

        leaving.Cut();

        await staying.ReceiveAsync("x");
    }

    [Fact]
    public async Task Share_AndOwnSubscription_EachDeliver()
    {
        var peer = await ConnectAsync();
        await peer.SubscribeAsync("$share/s/a", 1);
        await peer.SubscribeAsync("a", 1);
        var other = await ConnectAsync("other");
        await other.SubscribeAsync("$share/t/a", 1);

        await peer.PublishAsync("a", "x", 1);

        await peer.ReceiveAsync("x");
        await other.ReceiveAsync("x");
    }

    [Fact]
    public async Task Share_AtSubscribe_GetsNoRetainedMessages()
    {
        var peer = await ConnectAsync();
        await peer.PublishAsync("a", "kept", 1, retain: true);

        await peer.SubscribeAsync("$share/s/a", 1);

        await peer.AssertNothingAsync(peer);
    }

    [Fact]
    public async Task Share_Unsubscribed_IsLeft()
    {
        var peer = await ConnectAsync();
        await peer.SubscribeAsync("$share/s/a", 1);
        Assert.Equal([0x11], (await peer.UnsubscribeAsync("a")).Codes);
        Assert.Equal([0], (await peer.UnsubscribeAsync("$share/s/a")).Codes);

        await peer.PublishAsync("a", "x", 1);

        await peer.AssertNothingAsync(peer);
    }
}
