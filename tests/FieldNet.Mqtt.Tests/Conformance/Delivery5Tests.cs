namespace FieldNet.Mqtt.Tests.Conformance;

/// <summary>MQTT 5.0 sections 3.4 to 3.7 and 4.3: the exchanges of QoS 0, 1 and 2, the server as receiver and as sender.</summary>
public sealed class Delivery5Tests() : ConformanceTests(Wire.V5)
{
    private static readonly byte[] PublishReasons = [0x00, 0x10, 0x80, 0x83, 0x87, 0x90, 0x91, 0x97, 0x99];

    [Fact]
    public async Task MQTT_3_3_4_1_Publish_IsAnsweredAsItsQosAsks()
    {
        var peer = await ConnectAsync();

        await peer.SendAsync(Wire.Publish(Wire.V5, "a", "0"), Wire.Publish(Wire.V5, "a", "1", 1, 1), Wire.Publish(Wire.V5, "a", "2", 2, 2));

        Assert.Equal(1, (await peer.NextAsync(Heard.PubAck)).Id);
        Assert.Equal(2, (await peer.NextAsync(Heard.PubRec)).Id);
    }

    [Fact]
    public async Task MQTT_3_4_2_1_PubAck_UsesAPubAckReasonCode()
    {
        var peer = await ConnectAsync();

        Assert.Contains((await peer.AskAsync(Wire.Publish(Wire.V5, "a", "x", 1, 1), Heard.PubAck)).Reason, PublishReasons);
        Assert.Contains((await peer.AskAsync(Wire.Publish(Wire.V5, "$SYS/a", "x", 1, 1), Heard.PubAck)).Reason, PublishReasons);
    }

    [Fact]
    public async Task MQTT_3_5_2_1_PubRec_UsesAPubRecReasonCode()
    {
        var peer = await ConnectAsync();

        Assert.Contains((await peer.AskAsync(Wire.Publish(Wire.V5, "a", "x", 2, 1), Heard.PubRec)).Reason, PublishReasons);
        Assert.Contains((await peer.AskAsync(Wire.Publish(Wire.V5, "$SYS/a", "x", 2, 2), Heard.PubRec)).Reason, PublishReasons);
    }

    [Theory]
    [InlineData("60020001")]
    [InlineData("61020001")]
    [InlineData("66020001")]
    public Task MQTT_3_6_1_1_ReservedFlagsOfPubRel_EndTheConnection(string packet) => AssertEndedAsync(Convert.FromHexString(packet));

    [Fact]
    public async Task MQTT_3_6_2_1_PubRel_UsesAPubRelReasonCode()
    {
        var peer = await ConnectAsync();

        Assert.Equal(0x92, (await peer.AskAsync(Wire.Answer(Heard.PubRec, 999), Heard.PubRel)).Reason);
    }

    [Fact]
    public async Task MQTT_3_7_2_1_PubComp_UsesAPubCompReasonCode()
    {
        var peer = await ConnectAsync();

        Assert.Equal(0x92, (await peer.AskAsync(Wire.Answer(Heard.PubRel, 999), Heard.PubComp)).Reason);
        await peer.AskAsync(Wire.Publish(Wire.V5, "a", "x", 2, 1), Heard.PubRec);
        Assert.Equal(0x00, (await peer.AskAsync(Wire.Answer(Heard.PubRel, 1), Heard.PubComp)).Reason);
    }

    [Fact]
    public async Task MQTT_4_3_1_1_QosZero_IsSentOnceWithoutDup()
    {
        var peer = await ConnectAsync();
        await peer.SubscribeAsync("a");
        await peer.PublishAsync("a", "x", 1);

        var message = await peer.ReceiveAsync("x");

        Assert.Equal((0, false), (message.Qos, message.IsDuplicate));
        await peer.AssertNothingAsync(peer);
    }

    [Fact]
    public Task MQTT_4_3_2_1_EachNewMessageAtQos1_HasAnUnusedIdentifier() => AssertIdentifiersAsync(1);

    [Fact]
    public async Task MQTT_4_3_2_2_MessageAtQos1_IsSentWithoutDup()
    {
        var peer = await ConnectAsync();
        await peer.SubscribeAsync("a", 1);
        await peer.PublishAsync("a", "x", 1);

        var message = await peer.ReceiveAsync("x");

        Assert.Equal((1, false), (message.Qos, message.IsDuplicate));
    }

    [Fact]
    public Task MQTT_4_3_2_3_MessageWithoutPubAck_StaysUnacknowledged() => AssertSentAgainAsync(1);

    [Fact]
    public async Task MQTT_4_3_2_4_MessageFromAClient_IsAnsweredByPubAck()
    {
        var peer = await ConnectAsync();

        Assert.Equal(0x0A0B, (await peer.AskAsync(Wire.Publish(Wire.V5, "a", "x", 1, 0x0A0B), Heard.PubAck)).Id);
    }

    [Fact]
    public async Task MQTT_4_3_2_5_IdentifierAfterItsPubAck_IsANewMessage()
    {
        var peer = await ConnectAsync();
        await peer.SubscribeAsync("a", 1);

        await peer.AskAsync(Wire.Publish(Wire.V5, "a", "one", 1, 5), Heard.PubAck);
        await peer.AskAsync(Wire.Publish(Wire.V5, "a", "two", 1, 5, duplicate: true), Heard.PubAck);

        await peer.ReceiveAsync("one");
        await peer.ReceiveAsync("two");
    }

    [Fact]
    public Task MQTT_4_3_3_1_EachNewMessageAtQos2_HasAnUnusedIdentifier() => AssertIdentifiersAsync(2);

    [Fact]
    public async Task MQTT_4_3_3_2_MessageAtQos2_IsSentWithoutDup()
    {
        var peer = await ConnectAsync();
        await peer.SubscribeAsync("a", 2);
        await peer.PublishAsync("a", "x", 2);

        var message = await peer.ReceiveAsync("x");

        Assert.Equal((2, false), (message.Qos, message.IsDuplicate));
    }

    [Fact]
    public Task MQTT_4_3_3_3_MessageWithoutPubRec_StaysUnacknowledged() => AssertSentAgainAsync(2);

    [Fact]
    public async Task MQTT_4_3_3_4_PubRec_IsAnsweredByPubRel()
    {
        var (peer, id) = await ReceivingAtQos2Async();

        Assert.Equal((id, (byte)0), (await peer.AskAsync(Wire.Answer(Heard.PubRec, (ushort)id), Heard.PubRel)) is var release ? (release.Id, release.Reason) : default);
    }

    [Fact]
    public async Task MQTT_4_3_3_5_PubRelWithoutPubComp_IsSentAgain()
    {
        var (peer, id) = await ReceivingAtQos2Async();
        await peer.AskAsync(Wire.Answer(Heard.PubRec, (ushort)id), Heard.PubRel);
        peer.Cut();
        await ClosedAsync("client");

        var again = await ConnectLastingAsync();

        Assert.Equal(id, (await again.NextAsync(Heard.PubRel)).Id);
        await again.SendAsync(Wire.Answer(Heard.PubComp, (ushort)id));
        await again.AssertNothingAsync(again);
    }

    [Fact]
    public async Task MQTT_4_3_3_6_MessageOnceReleased_IsNotSentAgain()
    {
        var (peer, id) = await ReceivingAtQos2Async();
        await peer.AskAsync(Wire.Answer(Heard.PubRec, (ushort)id), Heard.PubRel);
        peer.Cut();
        await ClosedAsync("client");

        var again = await ConnectLastingAsync();
        await again.NextAsync(Heard.PubRel);

        await again.AssertNothingAsync(again);
    }

    [Fact]
    public async Task MQTT_4_3_3_8_MessageFromAClient_IsAnsweredByPubRec()
    {
        var peer = await ConnectAsync();

        Assert.Equal(0x0A0B, (await peer.AskAsync(Wire.Publish(Wire.V5, "a", "x", 2, 0x0A0B), Heard.PubRec)).Id);
    }

    [Fact]
    public async Task MQTT_4_3_3_9_IdentifierAfterARefusal_IsANewMessage()
    {
        var peer = await ConnectAsync();
        await peer.SubscribeAsync("a", 2);
        var refused = await peer.AskAsync(Wire.Publish(Wire.V5, "$SYS/forged", "x", 2, 5), Heard.PubRec);
        Assert.True(refused.Reason >= 0x80, "nobody but the server speaks on $SYS");

        await peer.AskAsync(Wire.Publish(Wire.V5, "a", "new", 2, 5), Heard.PubRec);

        await peer.ReceiveAsync("new");
    }

    [Fact]
    public async Task MQTT_4_3_3_10_IdentifierBeforeItsPubRel_IsTheSameMessage()
    {
        var peer = await ConnectAsync();
        await peer.SubscribeAsync("a", 2);

        await peer.AskAsync(Wire.Publish(Wire.V5, "a", "once", 2, 5), Heard.PubRec);
        Assert.Equal(5, (await peer.AskAsync(Wire.Publish(Wire.V5, "a", "once", 2, 5, duplicate: true), Heard.PubRec)).Id);
        await peer.AskAsync(Wire.Answer(Heard.PubRel, 5), Heard.PubComp);

        await peer.ReceiveAsync("once");
        await peer.AssertNothingAsync(peer);
    }

    [Fact]
    public async Task MQTT_4_3_3_10_IdentifierBeforeItsPubRel_IsTheSameMessageOnTheNextConnection()
    {
        var listener = await ConnectAsync("listener");
        await listener.SubscribeAsync("a", 2);
        var first = await ConnectLastingAsync();
        await first.AskAsync(Wire.Publish(Wire.V5, "a", "once", 2, 5), Heard.PubRec);
        first.Cut();
        await ClosedAsync("client");

        var second = await ConnectLastingAsync();
        await second.AskAsync(Wire.Publish(Wire.V5, "a", "once", 2, 5, duplicate: true), Heard.PubRec);
        await second.AskAsync(Wire.Answer(Heard.PubRel, 5), Heard.PubComp);

        await listener.ReceiveAsync("once");
        await listener.AssertNothingAsync(second);
    }

    [Fact]
    public async Task MQTT_4_3_3_11_PubRel_IsAnsweredByPubComp()
    {
        var peer = await ConnectAsync();
        await peer.AskAsync(Wire.Publish(Wire.V5, "a", "x", 2, 5), Heard.PubRec);

        Assert.Equal(5, (await peer.AskAsync(Wire.Answer(Heard.PubRel, 5), Heard.PubComp)).Id);
        Assert.Equal(5, (await peer.AskAsync(Wire.Answer(Heard.PubRel, 5), Heard.PubComp)).Id);
    }

    [Fact]
    public async Task MQTT_4_3_3_12_IdentifierAfterItsPubComp_IsANewMessage()
    {
        var peer = await ConnectAsync();
        await peer.SubscribeAsync("a", 2);

        await peer.PublishAsync("a", "one", 2, id: 5);
        await peer.PublishAsync("a", "two", 2, id: 5);

        await peer.ReceiveAsync("one");
        await peer.ReceiveAsync("two");
    }

    private async Task<(Peer Peer, int Id)> ReceivingAtQos2Async()
    {
        var peer = await ConnectLastingAsync();
        await peer.SubscribeAsync("a", 2);
        await peer.PublishAsync("a", "x", 2);
        return (peer, (await peer.NextAsync(Heard.Publish)).Id);
    }

    private async Task AssertIdentifiersAsync(byte qos)
    {
        var peer = await ConnectAsync();
        await peer.SubscribeAsync("a", qos);
        HashSet<int> used = [];
        for (var i = 0; i < 10; i++)
        {
            await peer.PublishAsync("a", $"{i}", qos);
            Assert.True(used.Add((await peer.NextAsync(Heard.Publish)).Id));
        }
    }

    private async Task AssertSentAgainAsync(byte qos)
    {
        var first = await ConnectLastingAsync();
        await first.SubscribeAsync("a", qos);
        await first.PublishAsync("a", "x", qos);
        var id = (await first.NextAsync(Heard.Publish)).Id;
        first.Cut();
        await ClosedAsync("client");

        var second = await ConnectLastingAsync();

        Assert.Equal(id, (await second.ReceiveAsync("x")).Id);
    }
}
