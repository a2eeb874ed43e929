namespace FieldNet.Mqtt.Tests.Conformance;

/// <summary>MQTT 3.1.1 sections 3.8 to 3.14: SUBSCRIBE, UNSUBSCRIBE, PINGREQ and DISCONNECT.</summary>
public sealed class Subscribe311Tests() : ConformanceTests(Wire.V311)
{
    [Theory]
    [InlineData("8006000100016100")]
    [InlineData("8306000100016100")]
    public Task MQTT_3_8_1_1_ReservedFlagsOfSubscribe_EndTheConnection(string packet) => AssertEndedAsync(Convert.FromHexString(packet));

    [Fact]
    public Task MQTT_3_8_3_1_IllFormedFilter_EndsTheConnection() => AssertEndedAsync(Wire.Packet(0x82, [0, 1], Wire.Binary([0xC3, 0x28]), [0]));

    [Fact]
    public async Task MQTT_3_8_3_2_Wildcards_AreSupported()
    {
        var peer = await ConnectAsync();
        Assert.Equal([1, 1], (await peer.AskAsync(Wire.Subscribe(Wire.V311, 1, null, ("a/+/#", 1), ("+", 1)), Heard.SubAck)).Codes);

        await peer.PublishAsync("a/b/c", "x", 1);
        await peer.ReceiveAsync("x");
    }

    [Fact]
    public Task MQTT_3_8_3_3_NoFilter_EndsTheConnection() => AssertEndedAsync(Wire.Packet(0x82, [0, 1]));

    [Theory]
    [InlineData(0x03)]
    [InlineData(0x04)]
    [InlineData(0x10)]
    [InlineData(0x81)]
    public Task MQTT_3_8_3_4_ReservedQosBits_EndTheConnection(byte qos) => AssertEndedAsync(Wire.Subscribe(Wire.V311, 1, null, ("a", qos)));

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
    public async Task MQTT_3_8_4_3_SameFilter_ReplacesResendsRetainedAndLosesNothing()
    {
        var peer = await ConnectAsync();
        await peer.PublishAsync("a/kept", "kept", 1, retain: true);
        await peer.SubscribeAsync("a/+", 2);
        await peer.ReceiveAsync("kept");
        await peer.PublishAsync("a/b", "before", 1);
        await peer.SubscribeAsync("a/+", 0);
        await peer.PublishAsync("a/b", "after", 1);

        Assert.Equal(1, (await peer.ReceiveAsync("before")).Qos);
        await peer.ReceiveAsync("kept");
        Assert.Equal(0, (await peer.ReceiveAsync("after")).Qos);
        await peer.AssertNothingAsync(peer);
    }

    [Fact]
    public async Task MQTT_3_8_4_4_SeveralFilters_AreTakenOneByOne()
    {
        var peer = await ConnectAsync();
        await peer.AskAsync(Wire.Subscribe(Wire.V311, 1, null, ("a", 2), ("b", 0), ("a", 1)), Heard.SubAck);

        await peer.PublishAsync("a", "x", 2);
        Assert.Equal(1, (await peer.ReceiveAsync("x")).Qos);
    }

    [Fact]
    public async Task MQTT_3_8_4_5_SubAck_HasACodeForEachFilter()
    {
        var peer = await ConnectAsync();

        Assert.Equal([2, 0x80, 0], (await peer.AskAsync(Wire.Subscribe(Wire.V311, 1, null, ("a", 2), ("a+", 0), ("c", 0)), Heard.SubAck)).Codes);
    }

    [Theory]
    [InlineData(0, 2, 0)]
    [InlineData(1, 2, 1)]
    [InlineData(2, 1, 1)]
    [InlineData(2, 2, 2)]
    public async Task MQTT_3_8_4_6_QosOfADelivery_IsTheLowerOfTheTwo(byte published, byte granted, int delivered)
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

        Assert.Equal([1, 0x80, 2, 0], (await peer.AskAsync(Wire.Subscribe(Wire.V311, 1, null, ("a", 1), ("#/a", 1), ("b", 2), ("c", 0)), Heard.SubAck)).Codes);
    }

    [Fact]
    public async Task MQTT_3_9_3_2_SubAck_UsesOnlyTheListedCodes()
    {
        var peer = await ConnectAsync();
        var codes = (await peer.AskAsync(
            Wire.Subscribe(Wire.V311, 1, null, ("a", 1), ("#/a", 1), ("", 0), ("$share/s/", 1), (string.Concat(Enumerable.Repeat("a/", 1000)), 0)), Heard.SubAck)).Codes;

        Assert.All(codes, code => Assert.Contains(code, new byte[] { 0, 1, 2, 0x80 }));
    }

    [Theory]
    [InlineData("A005000100016100")]
    [InlineData("A605000100016100")]
    public Task MQTT_3_10_1_1_ReservedFlagsOfUnsubscribe_EndTheConnection(string packet) => AssertEndedAsync(Convert.FromHexString(packet));

    [Fact]
    public Task MQTT_3_10_3_1_IllFormedFilterOfUnsubscribe_EndsTheConnection() => AssertEndedAsync(Wire.Packet(0xA2, [0, 1], Wire.Binary([0xFF])));

    [Fact]
    public Task MQTT_3_10_3_2_UnsubscribeWithoutFilter_EndsTheConnection() => AssertEndedAsync(Wire.Packet(0xA2, [0, 1]));

    [Fact]
    public async Task MQTT_3_10_4_1_FilterOfUnsubscribe_IsComparedCharacterByCharacter()
    {
        var peer = await ConnectAsync();
        await peer.SubscribeAsync("a/+", 1);
        await peer.AskAsync(Wire.Unsubscribe(Wire.V311, 1, "a/#", "a/b", "A/+"), Heard.UnsubAck);
        await peer.PublishAsync("a/b", "still", 1);
        await peer.ReceiveAsync("still");

        await peer.UnsubscribeAsync("a/+");

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
    public async Task MQTT_3_10_4_4_Unsubscribe_IsAnsweredByUnsubAckWithItsIdentifier()
    {
        var peer = await ConnectAsync();
        await peer.SubscribeAsync("a");

        Assert.Equal((0x4321, 4), await peer.AskAsync(Wire.Unsubscribe(Wire.V311, 0x4321, "a"), Heard.UnsubAck) is var answer ? (answer.Id, answer.Bytes) : default);
    }

    [Fact]
    public async Task MQTT_3_10_4_5_UnsubscribeOfNothing_IsAnsweredToo()
    {
        var peer = await ConnectAsync();

        Assert.Equal(9, (await peer.AskAsync(Wire.Unsubscribe(Wire.V311, 9, "never"), Heard.UnsubAck)).Id);
    }

    [Fact]
    public async Task MQTT_3_10_4_6_SeveralFiltersOfUnsubscribe_AreTakenOneByOne()
    {
        var peer = await ConnectAsync();
        await peer.SubscribeAsync("a", 1);
        await peer.SubscribeAsync("b", 1);
        await peer.AskAsync(Wire.Unsubscribe(Wire.V311, 1, "a", "b"), Heard.UnsubAck);
        await peer.PublishAsync("a", "x", 1);
        await peer.PublishAsync("b", "y", 1);

        await peer.AssertNothingAsync(peer);
    }

    [Fact]
    public async Task MQTT_3_12_4_1_PingReq_IsAnsweredByPingResp()
    {
        var peer = await ConnectAsync();

        Assert.Equal(2, (await peer.AskAsync(Wire.Ping, Heard.PingResp)).Bytes);
    }

    [Fact]
    public async Task MQTT_3_14_1_1_ReservedFlagsOfDisconnect_AreNoLeave()
    {
        var watcher = await ConnectAsync("watcher");
        await watcher.SubscribeAsync("will", 1);
        var peer = await ConnectAsync(will: new LastWill());

        await peer.SendAsync([[0xE1, 0]]);

        await peer.AssertClosedAsync();
        await watcher.ReceiveAsync("gone");
    }

    [Fact]
    public async Task MQTT_3_14_4_3_Disconnect_DiscardsTheWill()
    {
        var watcher = await ConnectAsync("watcher");
        await watcher.SubscribeAsync("will", 1);
        var peer = await ConnectAsync(will: new LastWill());
        await peer.SendAsync(Wire.Disconnect());
        await peer.AssertClosedAsync();
        await ClosedAsync("client");

        await watcher.AssertNothingAsync(watcher);
    }
}
