namespace FieldNet.Mqtt.Tests.Conformance;

/// <summary>MQTT 3.1.1 sections 3.3 to 3.7: PUBLISH, retained messages and the acknowledgements.</summary>
public sealed class Publish311Tests() : ConformanceTests(Wire.V311)
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task MQTT_3_3_1_1_Redelivery_HasDupSet(byte qos)
    {
        var first = await ConnectLastingAsync();
        await first.SubscribeAsync("a", qos);
        await first.PublishAsync("a", "x", qos);
        Assert.False((await first.NextAsync(Heard.Publish)).IsDuplicate);
        first.Cut();
        await ClosedAsync("client");

        Assert.True((await (await ConnectLastingAsync()).ReceiveAsync("x")).IsDuplicate);
    }

    [Fact]
    public async Task MQTT_3_3_1_2_QosZero_NeverHasDup()
    {
        var peer = await ConnectAsync();
        await peer.SubscribeAsync("a");
        await peer.PublishAsync("a", "x");

        Assert.False((await peer.ReceiveAsync("x")).IsDuplicate);
    }

    [Fact]
    public async Task MQTT_3_3_1_3_DupOfThePublisher_IsNotPassedOn()
    {
        var peer = await ConnectAsync();
        await peer.SubscribeAsync("a", 1);
        await peer.AskAsync(Wire.Publish(Wire.V311, "a", "x", 1, 9, duplicate: true), Heard.PubAck);

        Assert.False((await peer.ReceiveAsync("x")).IsDuplicate);
    }

    [Fact]
    public Task MQTT_3_3_1_4_QosThree_EndsTheConnection() => AssertEndedAsync(Wire.Packet(0x36, Wire.Utf8("a"), [0, 1]));

    [Fact]
    public async Task MQTT_3_3_1_5_RetainedMessage_IsKeptWithItsQos()
    {
        var peer = await ConnectAsync();
        await peer.PublishAsync("a", "old", 0, retain: true);
        await peer.PublishAsync("a", "new", 2, retain: true);
        await peer.SubscribeAsync("a", 2);

        Assert.Equal(2, (await peer.ReceiveAsync("new")).Qos);
        await peer.AssertNothingAsync(peer);
    }

    [Fact]
    public async Task MQTT_3_3_1_6_NewSubscription_GetsTheLastRetainedOfEachTopic()
    {
        var peer = await ConnectAsync();
        await peer.PublishAsync("a/1", "one", 1, retain: true);
        await peer.PublishAsync("a/2", "two", 1, retain: true);
        await peer.SubscribeAsync("a/+", 1);

        HashSet<string> got = [(await peer.NextAsync(Heard.Publish)).Payload, (await peer.NextAsync(Heard.Publish)).Payload];
        Assert.Equal(["one", "two"], got.Order());
    }

    [Fact]
    public async Task MQTT_3_3_1_7_RetainedQosZero_DiscardsTheEarlierOne()
    {
        var peer = await ConnectAsync();
        await peer.PublishAsync("a", "old", 1, retain: true);
        await peer.PublishAsync("a", "new", 0, retain: true);
        await peer.SubscribeAsync("a", 1);

        await peer.ReceiveAsync("new");
    }

    [Fact]
    public async Task MQTT_3_3_1_8_RetainedMessageAtSubscribe_HasRetainSet()
    {
        var peer = await ConnectAsync();
        await peer.PublishAsync("a", "x", 1, retain: true);
        await peer.SubscribeAsync("a", 1);

        Assert.True((await peer.ReceiveAsync("x")).Retain);
    }

    [Fact]
    public async Task MQTT_3_3_1_9_RetainedMessageToAStandingSubscription_HasRetainClear()
    {
        var peer = await ConnectAsync();
        await peer.SubscribeAsync("a", 1);
        await peer.PublishAsync("a", "x", 1, retain: true);

        Assert.False((await peer.ReceiveAsync("x")).Retain);
    }

    [Fact]
    public async Task MQTT_3_3_1_10_EmptyRetainedMessage_RemovesAndIsDelivered()
    {
        var listener = await ConnectAsync("listener");
        await listener.SubscribeAsync("a", 1);
        var peer = await ConnectAsync();
        await peer.PublishAsync("a", "old", 1, retain: true);
        await peer.PublishAsync("a", "", 1, retain: true);
        await listener.ReceiveAsync("old");
        await listener.ReceiveAsync("");

        await peer.SubscribeAsync("a", 1);

        await peer.AssertNothingAsync(peer);
    }

    [Fact]
    public async Task MQTT_3_3_1_11_EmptyRetainedMessage_IsNotKept()
    {
        var peer = await ConnectAsync();
        await peer.PublishAsync("a", "", 0, retain: true);
        await peer.SubscribeAsync("a", 1);

        await peer.AssertNothingAsync(peer);
    }

    [Fact]
    public async Task MQTT_3_3_1_12_WithoutRetain_TheRetainedMessageStays()
    {
        var peer = await ConnectAsync();
        await peer.PublishAsync("a", "kept", 1, retain: true);
        await peer.PublishAsync("a", "passing", 1);
        await peer.SubscribeAsync("a", 1);

        await peer.ReceiveAsync("kept");
        await peer.AssertNothingAsync(peer);
    }

    [Theory]
    [InlineData("3000")]
    [InlineData("300100")]
    [InlineData("30030005" + "61")]
    public Task MQTT_3_3_2_1_NoTopic_EndsTheConnection(string packet) => AssertEndedAsync(Convert.FromHexString(packet));

    [Theory]
    [InlineData("a/#")]
    [InlineData("+")]
    public Task MQTT_3_3_2_2_WildcardInATopic_EndsTheConnection(string topic) => AssertEndedAsync(Wire.Publish(Wire.V311, topic, "x"));

    [Fact]
    public async Task MQTT_3_3_2_3_OnlyMatchingTopics_AreSent()
    {
        var peer = await ConnectAsync();
        await peer.SubscribeAsync("a/+/c", 1);
        foreach (var topic in new[] { "a/b", "a/b/c/d", "A/b/c", "a/b/c" })
        {
            await peer.PublishAsync(topic, topic, 1);
        }

        Assert.Equal("a/b/c", (await peer.ReceiveAsync("a/b/c")).Topic);
        await peer.AssertNothingAsync(peer);
    }

    [Fact]
    public async Task MQTT_3_3_4_1_Publish_IsAnsweredAsItsQosAsks()
    {
        var peer = await ConnectAsync();
        await peer.SendAsync(Wire.Publish(Wire.V311, "a", "0"), Wire.Publish(Wire.V311, "a", "1", 1, 1), Wire.Publish(Wire.V311, "a", "2", 2, 2));

        Assert.Equal(1, (await peer.NextAsync(Heard.PubAck)).Id);
        Assert.Equal(2, (await peer.NextAsync(Heard.PubRec)).Id);
    }

    [Fact]
    public async Task MQTT_3_3_5_1_OverlappingSubscriptions_DeliverAtTheHighestQos()
    {
        var peer = await ConnectAsync();
        await peer.SubscribeAsync("a/+", 0);
        await peer.SubscribeAsync("a/#", 2);
        await peer.SubscribeAsync("a/b", 1);
        await peer.PublishAsync("a/b", "x", 2);

        Assert.Equal(2, (await peer.ReceiveAsync("x")).Qos);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task MQTT_3_3_5_2_PublishThatMayNotBe_IsAcknowledgedAndGoesNowhere(byte qos)
    {
        var peer = await ConnectAsync();
        await peer.SubscribeAsync("$SYS/forged", 1);

        await peer.PublishAsync("$SYS/forged", "x", qos);

        await peer.AssertNothingAsync(peer);
    }

    [Theory]
    [InlineData("60020001")]
    [InlineData("66020001")]
    public Task MQTT_3_6_1_1_ReservedFlagsOfPubRel_EndTheConnection(string packet) => AssertEndedAsync(Convert.FromHexString(packet));
}
