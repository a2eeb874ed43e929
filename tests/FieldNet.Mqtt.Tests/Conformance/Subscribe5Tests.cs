namespace FieldNet.Mqtt.Tests.Conformance;

/// <summary>MQTT 5.0 sections 3.8 to 3.11: SUBSCRIBE, UNSUBSCRIBE and their answers.</summary>
public sealed class Subscribe5Tests() : ConformanceTests(Wire.V5)
{
    [Theory]
    [InlineData("80070001000001" + "6100")]
    [InlineData("83070001000001" + "6100")]
    public Task MQTT_3_8_1_1_ReservedFlagsOfSubscribe_EndTheConnection(string packet) => AssertEndedAsync(Convert.FromHexString(packet));

    [Fact]
    public Task MQTT_3_8_3_1_IllFormedFilter_EndsTheConnection() => AssertEndedAsync(Wire.Packet(0x82, [0, 1, 0], Wire.Binary([0xC3, 0x28]), [0]));

    [Fact]
    public Task MQTT_3_8_3_2_NoFilter_EndsTheConnection() => AssertEndedAsync(Wire.Packet(0x82, [0, 1, 0]), 0x82);

    [Fact]
    public async Task MQTT_3_8_3_3_NoLocal_KeepsTheClientsOwnMessagesAway()
    {
        var peer = await ConnectAsync();
        await peer.SubscribeAsync("a", 0x05);
        await peer.PublishAsync("a", "own", 1);
        await (await ConnectAsync("other")).PublishAsync("a", "other's", 1);

        await peer.ReceiveAsync("other's");
        await peer.AssertNothingAsync(peer);
    }

    [Fact]
    public async Task MQTT_3_8_3_3_NoLocal_HoldsForMessagesOfAnEarlierConnection()
    {
        var first = await ConnectLastingAsync();
        await first.SubscribeAsync("a", 0x05);
        await first.SendAsync(Wire.Publish(Wire.V5, "a", "own", 1, 1));
        await first.NextAsync(Heard.PubAck);
        first.Cut();
        await ClosedAsync("client");

        var second = await ConnectLastingAsync();

        await second.AssertNothingAsync(second);
    }

    [Fact]
    public Task MQTT_3_8_3_4_NoLocalOnAShare_EndsTheConnection() => AssertEndedAsync(Wire.Subscribe(Wire.V5, 1, null, ("$share/s/a", 0x05)), 0x82);

    [Theory]
    [InlineData(0x40)]
    [InlineData(0x80)]
    [InlineData(0xC2)]
    public Task MQTT_3_8_3_5_ReservedOptions_EndTheConnection(byte options) => AssertEndedAsync(Wire.Subscribe(Wire.V5, 1, null, ("a", options)));

    [Fact]
    public async Task MQTT_3_8_4_1_Subscribe_IsAnsweredBySubAck()
    {
        var peer = await ConnectAsync();

        Assert.Equal([1], (await peer.SubscribeAsync("a", 1)).Codes);
    }

    [Fact]
    public async Task MQTT_3_8_4_2_SubAck_HasTheIdentifierOfItsSubscribe()
    {
        var peer = await ConnectAsync();

        Assert.Equal(0xFEDC, (await peer.SubscribeAsync("a", id: 0xFEDC)).Id);
    }

    [Fact]
    public async Task MQTT_3_8_4_3_SameFilter_ReplacesTheSubscription()
    {
        var peer = await ConnectAsync();
        await peer.SubscribeAsync("a/+", 2, Property.SubscriptionIdentifier(1));
        await peer.SubscribeAsync("a/+", 0, Property.SubscriptionIdentifier(2));

        await peer.PublishAsync("a/b", "x", 2);

        var message = await peer.ReceiveAsync("x");
        Assert.Equal((0, 2u), (message.Qos, message.Numeric(Property.SubscriptionIdentifierId)));
        await peer.AssertNothingAsync(peer);
    }

    [Fact]
    public async Task MQTT_3_8_4_4_ReplacedSubscription_LosesNoMessageAndResendsRetained()
    {
        var peer = await ConnectAsync();
        await peer.PublishAsync("a/kept", "kept", 1, retain: true);
        await peer.SubscribeAsync("a/+", 1);
        await peer.ReceiveAsync("kept");
        await peer.PublishAsync("a/b", "before", 1);

        await peer.SubscribeAsync("a/+", 1);
        await peer.PublishAsync("a/b", "after", 1);

        await peer.ReceiveAsync("before");
        await peer.ReceiveAsync("kept");
        await peer.ReceiveAsync("after");
    }

    [Fact]
    public async Task MQTT_3_8_4_5_SeveralFilters_AreTakenOneByOne()
    {
        var peer = await ConnectAsync();

        await peer.AskAsync(Wire.Subscribe(Wire.V5, 1, null, ("a", 2), ("b", 0), ("a", 1)), Heard.SubAck);

        await peer.PublishAsync("a", "x", 2);
        Assert.Equal(1, (await peer.ReceiveAsync("x")).Qos);
        await peer.PublishAsync("b", "y", 2);
        Assert.Equal(0, (await peer.ReceiveAsync("y")).Qos);
    }

    [Fact]
    public async Task MQTT_3_8_4_6_SubAck_HasACodeForEachFilter()
    {
        var peer = await ConnectAsync();

        Assert.Equal(4, (await peer.AskAsync(Wire.Subscribe(Wire.V5, 1, null, ("a", 2), ("a/#/b", 0), ("", 1), ("c", 1)), Heard.SubAck)).Codes.Length);
    }

    [Fact]
    public async Task MQTT_3_8_4_7_Code_IsTheGrantedQosOrTheFailure()
    {
        var peer = await ConnectAsync();

        Assert.Equal([2, 0x8F, 0], (await peer.AskAsync(Wire.Subscribe(Wire.V5, 1, null, ("a", 2), ("a+", 0), ("c", 0)), Heard.SubAck)).Codes);
    }

    [Theory]
    [InlineData(0, 2, 0)]
    [InlineData(1, 0, 0)]
    [InlineData(1, 2, 1)]
    [InlineData(2, 1, 1)]
    [InlineData(2, 2, 2)]
    public async Task MQTT_3_8_4_8_QosOfADelivery_IsTheLowerOfTheTwo(byte published, byte granted, int delivered)
    {
        var peer = await ConnectAsync();
        await peer.SubscribeAsync("a", granted);

        await peer.PublishAsync("a", "x", published);

        Assert.Equal(delivered, (await peer.ReceiveAsync("x")).Qos);
    }

    [Fact]
    public async Task MQTT_3_9_3_1_CodesOfSubAck_AreInTheOrderOfTheFilters()
    {
        var peer = await ConnectAsync();

        Assert.Equal([1, 0x8F, 2, 0], (await peer.AskAsync(Wire.Subscribe(Wire.V5, 1, null, ("a", 1), ("#/a", 1), ("b", 2), ("c", 0)), Heard.SubAck)).Codes);
    }

    [Fact]
    public async Task MQTT_3_9_3_2_SubAck_UsesASubscribeReasonCode()
    {
        var peer = await ConnectAsync();
        var codes = (await peer.AskAsync(
            Wire.Subscribe(Wire.V5, 1, null, ("a", 1), ("#/a", 1), ("$share/s/", 1), ("$share/s+/a", 1), (string.Concat(Enumerable.Repeat("a/", 1000)), 0)), Heard.SubAck)).Codes;

        Assert.All(codes, code => Assert.Contains(code, new byte[] { 0, 1, 2, 0x80, 0x83, 0x87, 0x8F, 0x91, 0x97, 0x9E, 0xA1, 0xA2 }));
    }

    [Theory]
    [InlineData("A006000100000161")]
    [InlineData("A606000100000161")]
    public Task MQTT_3_10_1_1_ReservedFlagsOfUnsubscribe_EndTheConnection(string packet) => AssertEndedAsync(Convert.FromHexString(packet));

    [Fact]
    public Task MQTT_3_10_3_1_IllFormedFilterOfUnsubscribe_EndsTheConnection() => AssertEndedAsync(Wire.Packet(0xA2, [0, 1, 0], Wire.Binary([0xFF])));

    [Fact]
    public Task MQTT_3_10_3_2_UnsubscribeWithoutFilter_EndsTheConnection() => AssertEndedAsync(Wire.Packet(0xA2, [0, 1, 0]), 0x82);

    [Fact]
    public async Task MQTT_3_10_4_1_FilterOfUnsubscribe_IsComparedCharacterByCharacter()
    {
        var peer = await ConnectAsync();
        await peer.SubscribeAsync("a/+", 1);
        await peer.SubscribeAsync("A/b", 1);

        Assert.Equal([0x11, 0x11], (await peer.AskAsync(Wire.Unsubscribe(Wire.V5, 1, "a/#", "a/b"), Heard.UnsubAck)).Codes);
        await peer.PublishAsync("a/b", "still", 1);
        await peer.ReceiveAsync("still");

        Assert.Equal([0], (await peer.UnsubscribeAsync("a/+")).Codes);
        await peer.PublishAsync("a/b", "no more", 1);
        await peer.AssertNothingAsync(peer);
    }

    [Fact]
    public async Task MQTT_3_10_4_2_AfterUnsubscribe_NothingNewIsAdded()
    {
        var peer = await ConnectAsync();
        await peer.SubscribeAsync("a", 1);
        await peer.UnsubscribeAsync("a");

        await peer.PublishAsync("a", "x", 1);

        await peer.AssertNothingAsync(peer);
    }

    [Fact]
    public async Task MQTT_3_10_4_3_DeliveryUnderWay_IsCompleted()
    {
        var peer = await ConnectAsync();
        await peer.SubscribeAsync("a", 2);
        await peer.PublishAsync("a", "x", 2);
        var message = await peer.NextAsync(Heard.Publish);

        await peer.UnsubscribeAsync("a");

        Assert.Equal(message.Id, (await peer.AskAsync(Wire.Answer(Heard.PubRec, (ushort)message.Id), Heard.PubRel)).Id);
    }

    [Fact]
    public async Task MQTT_3_10_4_4_Unsubscribe_IsAnsweredByUnsubAck()
    {
        var peer = await ConnectAsync();
        await peer.SubscribeAsync("a");

        Assert.Equal([0], (await peer.UnsubscribeAsync("a")).Codes);
    }

    [Fact]
    public async Task MQTT_3_10_4_5_UnsubAck_HasTheIdentifierEvenWhenNothingEnded()
    {
        var peer = await ConnectAsync();

        Assert.Equal(0x4321, (await peer.AskAsync(Wire.Unsubscribe(Wire.V5, 0x4321, "never"), Heard.UnsubAck)).Id);
    }

    [Fact]
    public async Task MQTT_3_10_4_6_SeveralFiltersOfUnsubscribe_AreTakenOneByOne()
    {
        var peer = await ConnectAsync();
        await peer.SubscribeAsync("a", 1);
        await peer.SubscribeAsync("b", 1);

        Assert.Equal([0, 0, 0x11], (await peer.AskAsync(Wire.Unsubscribe(Wire.V5, 1, "a", "b", "a"), Heard.UnsubAck)).Codes);
        await peer.PublishAsync("b", "x", 1);
        await peer.AssertNothingAsync(peer);
    }

    [Fact]
    public async Task MQTT_3_11_3_1_CodesOfUnsubAck_AreInTheOrderOfTheFilters()
    {
        var peer = await ConnectAsync();
        await peer.SubscribeAsync("b");

        Assert.Equal([0x11, 0, 0x11], (await peer.AskAsync(Wire.Unsubscribe(Wire.V5, 1, "a", "b", "c"), Heard.UnsubAck)).Codes);
    }

    [Fact]
    public async Task MQTT_3_11_3_2_UnsubAck_UsesAnUnsubscribeReasonCode()
    {
        var peer = await ConnectAsync();

        Assert.All(
            (await peer.AskAsync(Wire.Unsubscribe(Wire.V5, 1, "a", "$share/s/a", "$SYS/#"), Heard.UnsubAck)).Codes,
            code => Assert.Contains(code, new byte[] { 0x00, 0x11, 0x80, 0x83, 0x87, 0x8F, 0x91 }));
    }
}
