namespace FieldNet.Mqtt.Tests.Conformance;

/// <summary>MQTT 5.0 sections 3.3.1 and 3.3.2: what a PUBLISH may say, and what reaches the subscriber of it.</summary>
public sealed class Publish5Tests() : ConformanceTests(Wire.V5)
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

        var second = await ConnectLastingAsync();

        Assert.True((await second.ReceiveAsync("x")).IsDuplicate);
    }

    [Fact]
    public async Task MQTT_3_3_1_2_QosZero_NeverHasDup()
    {
        var peer = await ConnectAsync();
        await peer.SubscribeAsync("a");
        await peer.PublishAsync("a", "x");
        Assert.False((await peer.ReceiveAsync("x")).IsDuplicate);

        await peer.SendAsync(Wire.Publish(Wire.V5, "a", "x", duplicate: true));
        await peer.AssertEndedAsync(0x81);
    }

    [Fact]
    public async Task MQTT_3_3_1_3_DupOfThePublisher_IsNotPassedOn()
    {
        var peer = await ConnectAsync();
        await peer.SubscribeAsync("a", 1);

        await peer.AskAsync(Wire.Publish(Wire.V5, "a", "x", 1, 9, duplicate: true), Heard.PubAck);

        Assert.False((await peer.ReceiveAsync("x")).IsDuplicate);
    }

    [Fact]
    public Task MQTT_3_3_1_4_QosThree_EndsTheConnection() => AssertEndedAsync(Wire.Packet(0x36, Wire.Utf8("a"), [0, 1, 0]));

    [Fact]
    public async Task MQTT_3_3_1_5_RetainedMessage_ReplacesTheEarlierOne()
    {
        var peer = await ConnectAsync();
        await peer.PublishAsync("a", "old", 1, retain: true);
        await peer.PublishAsync("a", "new", 1, retain: true);

        await peer.SubscribeAsync("a", 1);

        Assert.True((await peer.ReceiveAsync("new")).Retain);
        await peer.AssertNothingAsync(peer);
    }

    [Fact]
    public async Task MQTT_3_3_1_6_EmptyRetainedMessage_RemovesAndIsDelivered()
    {
        var peer = await ConnectAsync();
        await peer.PublishAsync("a", "old", 1, retain: true);
        var listener = await ConnectAsync("listener");
        await listener.SubscribeAsync("a", 1);
        await listener.ReceiveAsync("old");

        await peer.PublishAsync("a", "", 1, retain: true);

        Assert.False((await listener.ReceiveAsync("")).Retain);
        await peer.SubscribeAsync("a", 1);
        await peer.AssertNothingAsync(peer);
    }

    [Fact]
    public async Task MQTT_3_3_1_7_EmptyRetainedMessage_IsNotKept()
    {
        var peer = await ConnectAsync();
        await peer.PublishAsync("a", "", 1, retain: true);

        await peer.SubscribeAsync("a", 1);

        await peer.AssertNothingAsync(peer);
    }

    [Fact]
    public async Task MQTT_3_3_1_8_WithoutRetain_TheRetainedMessageStays()
    {
        var peer = await ConnectAsync();
        await peer.PublishAsync("a", "kept", 1, retain: true);
        await peer.PublishAsync("a", "passing", 1);
        await peer.PublishAsync("a", "", 1);

        await peer.SubscribeAsync("a", 1);

        await peer.ReceiveAsync("kept");
        await peer.AssertNothingAsync(peer);
    }

    [Fact]
    public async Task MQTT_3_3_1_9_RetainHandlingZero_SendsAtEachSubscribe()
    {
        var peer = await ConnectAsync();
        await peer.PublishAsync("a/b", "kept", 1, retain: true);

        await peer.SubscribeAsync("a/+", 1);
        await peer.ReceiveAsync("kept");
        await peer.SubscribeAsync("a/+", 1);

        Assert.True((await peer.ReceiveAsync("kept")).Retain);
    }

    [Fact]
    public async Task MQTT_3_3_1_10_RetainHandlingOne_SendsToANewSubscriptionOnly()
    {
        var peer = await ConnectAsync();
        await peer.PublishAsync("a/b", "kept", 1, retain: true);

        await peer.SubscribeAsync("a/+", 0x11);
        await peer.ReceiveAsync("kept");
        await peer.SubscribeAsync("a/+", 0x11);

        await peer.AssertNothingAsync(peer);
    }

    [Fact]
    public async Task MQTT_3_3_1_11_RetainHandlingTwo_SendsNone()
    {
        var peer = await ConnectAsync();
        await peer.PublishAsync("a/b", "kept", 1, retain: true);

        await peer.SubscribeAsync("a/+", 0x21);

        await peer.AssertNothingAsync(peer);
    }

    [Fact]
    public async Task MQTT_3_3_1_12_WithoutRetainAsPublished_RetainIsCleared()
    {
        var peer = await ConnectAsync();
        await peer.SubscribeAsync("a", 1);

        await peer.PublishAsync("a", "x", 1, retain: true);

        Assert.False((await peer.ReceiveAsync("x")).Retain);
    }

    [Fact]
    public async Task MQTT_3_3_1_13_RetainAsPublished_KeepsRetain()
    {
        var peer = await ConnectAsync();
        await peer.SubscribeAsync("a", 0x09);

        await peer.PublishAsync("a", "x", 1, retain: true);
        await peer.PublishAsync("a", "y", 1);

        Assert.True((await peer.ReceiveAsync("x")).Retain);
        Assert.False((await peer.ReceiveAsync("y")).Retain);
    }

    [Theory]
    [InlineData("3000")]
    [InlineData("30020005")]
    public Task MQTT_3_3_2_1_NoTopic_EndsTheConnection(string packet) => AssertEndedAsync(Convert.FromHexString(packet));

    [Theory]
    [InlineData("a/#")]
    [InlineData("a/+/b")]
    [InlineData("a+")]
    public Task MQTT_3_3_2_2_WildcardInATopic_EndsTheConnection(string topic) => AssertEndedAsync(Wire.Publish(Wire.V5, topic, "x"), 0x90);

    [Fact]
    public async Task MQTT_3_3_2_3_OnlyMatchingTopics_AreSent()
    {
        var peer = await ConnectAsync();
        await peer.SubscribeAsync("a/+/c", 1);

        foreach (var topic in new[] { "a/b", "a/b/c/d", "A/b/c", "a/b/c", "a//c" })
        {
            await peer.PublishAsync(topic, topic, 1);
        }

        Assert.Equal("a/b/c", (await peer.ReceiveAsync("a/b/c")).Topic);
        Assert.Equal("a//c", (await peer.ReceiveAsync("a//c")).Topic);
        await peer.AssertNothingAsync(peer);
    }

    [Fact]
    public Task MQTT_3_3_2_4_PayloadFormat_IsPassedOn() => AssertPassedOnAsync(Property.PayloadFormat(1));

    [Fact]
    public Task MQTT_3_3_2_15_ResponseTopic_IsPassedOn() => AssertPassedOnAsync(Property.ResponseTopic("answers/é"));

    [Fact]
    public Task MQTT_3_3_2_16_CorrelationData_IsPassedOn() => AssertPassedOnAsync(Property.CorrelationData(0, 1, 255, 0));

    [Fact]
    public Task MQTT_3_3_2_17_UserProperties_ArePassedOn() => AssertPassedOnAsync(Property.User("name", "värde"));

    [Fact]
    public Task MQTT_3_3_2_18_UserProperties_KeepTheirOrder() =>
        AssertPassedOnAsync(Wire.Join(Property.User("b", "1"), Property.User("a", "2"), Property.User("b", "3"), Property.User("a", "2")));

    [Fact]
    public Task MQTT_3_3_2_20_ContentType_IsPassedOn() => AssertPassedOnAsync(Property.ContentType("application/x-protobuf"));

    [Fact]
    public Task MQTT_3_3_2_13_IllFormedResponseTopic_EndsTheConnection() =>
        AssertEndedAsync(Wire.Publish(Wire.V5, "a", "x", properties: [Property.ResponseTopicId, 0, 1, 0xFF]));

    [Fact]
    public Task MQTT_3_3_2_14_WildcardInResponseTopic_EndsTheConnection() =>
        AssertEndedAsync(Wire.Publish(Wire.V5, "a", "x", properties: Property.ResponseTopic("a/#")), 0x82);

    [Fact]
    public Task MQTT_3_3_2_19_IllFormedContentType_EndsTheConnection() =>
        AssertEndedAsync(Wire.Publish(Wire.V5, "a", "x", properties: [Property.ContentTypeId, 0, 1, 0xFF]));

    private async Task AssertPassedOnAsync(byte[] properties)
    {
        var peer = await ConnectAsync();
        await peer.SubscribeAsync("a", 1);
        var kept = Convert.ToHexString(properties);

        await peer.PublishAsync("a", "live", 1, retain: true, properties: properties);

        Assert.Equal(kept, (await peer.ReceiveAsync("live")).PropertyBlock);
        var later = await ConnectAsync("later");
        await later.SubscribeAsync("a", 1);
        Assert.Equal(kept, (await later.ReceiveAsync("live")).PropertyBlock);
    }
}
