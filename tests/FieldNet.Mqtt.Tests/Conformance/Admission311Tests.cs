namespace FieldNet.Mqtt.Tests.Conformance;

/// <summary>MQTT 3.1.1 sections 3.1.3, 3.1.4 and 3.2: the client identifier, admission, CONNACK, and the Will.</summary>
public sealed class Admission311Tests() : ConformanceTests(Wire.V311)
{
    [Fact]
    public async Task MQTT_3_1_2_7_RetainedMessages_OutliveTheSession()
    {
        var peer = await ConnectAsync();
        await peer.PublishAsync("a", "kept", 1, retain: true);
        peer.Cut();
        await ClosedAsync("client");

        var later = await ConnectAsync("later");
        await later.SubscribeAsync("a", 1);

        await later.ReceiveAsync("kept");
    }

    [Fact]
    public async Task MQTT_3_1_2_8_Will_IsPublishedAtACloseWithoutDisconnect()
    {
        var watcher = await WatchAsync();
        (await ConnectAsync("cut", will: new LastWill(Payload: "cut"))).Cut();
        await watcher.ReceiveAsync("cut");

        await (await ConnectAsync("wrong", will: new LastWill(Payload: "wrong"))).SendAsync(Convert.FromHexString("36050001610001"));
        await watcher.ReceiveAsync("wrong");

        await ConnectAsync("silent", keepAlive: 2, will: new LastWill(Payload: "silent"));
        Advance(TimeSpan.FromSeconds(4));
        await watcher.ReceiveAsync("silent");
    }

    [Fact]
    public async Task MQTT_3_1_2_10_WillOncePublishedOrWaived_IsGone()
    {
        var watcher = await WatchAsync();
        var leaving = await ConnectAsync("leaving", clean: false, will: new LastWill());
        await leaving.SendAsync(Wire.Disconnect());
        await leaving.AssertClosedAsync();
        await ClosedAsync("leaving");
        (await ConnectAsync("cut", clean: false, will: new LastWill(Payload: "cut"))).Cut();
        await watcher.ReceiveAsync("cut");

        (await ConnectLastingAsync("leaving")).Cut();
        (await ConnectLastingAsync("cut")).Cut();
        await ClosedAsync("cut");

        await watcher.AssertNothingAsync(watcher);
    }

    [Fact]
    public async Task MQTT_3_1_2_12_WithoutWillFlag_NothingIsPublished()
    {
        var watcher = await ConnectAsync("watcher");
        await watcher.SubscribeAsync("#", 1);

        (await ConnectAsync()).Cut();
        await ClosedAsync("client");

        await watcher.UnsubscribeAsync("#");
        await watcher.AssertNothingAsync(watcher);
    }

    [Fact]
    public Task MQTT_3_1_2_16_WillWithoutRetain_IsNotRetained() => AssertWillRetainedAsync(retain: false);

    [Fact]
    public Task MQTT_3_1_2_17_WillWithRetain_IsRetained() => AssertWillRetainedAsync(retain: true);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task MQTT_3_1_2_14_WillQos_IsItsMessages(byte qos)
    {
        var watcher = await WatchAsync();
        (await ConnectAsync(will: new LastWill(Qos: qos))).Cut();

        Assert.Equal(qos, (await watcher.ReceiveAsync("gone")).Qos);
    }

    [Fact]
    public Task MQTT_3_1_3_1_FieldsInOtherOrder_AreRefused() =>
        // User name and password before the Will: the Will's fields are missing at the end.
        AssertConnectRefusedAsync(Wire.Packet(0x10, Wire.Utf8("MQTT"), [4, 0xC6, 0, 0], Wire.Utf8("c"), Wire.Utf8("user"), Wire.Utf8("secret"), Wire.Utf8("will")));

    [Fact]
    public async Task MQTT_3_1_3_2_ClientIdentifier_IsTheSession()
    {
        (await ConnectLastingAsync("one")).Cut();
        await ClosedAsync("one");

        var other = await OpenAsync();
        Assert.False((await other.ConnectAsync("One", clean: false)).SessionPresent);
        var again = await OpenAsync();
        Assert.True((await again.ConnectAsync("one", clean: false)).SessionPresent);
    }

    [Fact]
    public Task MQTT_3_1_3_3_NoClientIdentifier_IsClosed() => AssertConnectRefusedAsync(Wire.Packet(0x10, Wire.Utf8("MQTT"), [4, 2, 0, 0]));

    [Fact]
    public Task MQTT_3_1_3_4_IllFormedClientIdentifier_IsClosed() =>
        AssertConnectRefusedAsync(Wire.Packet(0x10, Wire.Utf8("MQTT"), [4, 2, 0, 0], Wire.Binary([0xC3, 0x28])));

    [Theory]
    [InlineData("0")]
    [InlineData("0123456789abcdefghijklm")]
    [InlineData("nopqrstuvwxyzABCDEFGHIJ")]
    public Task MQTT_3_1_3_5_PlainClientIdentifiers_AreTaken(string clientId) => ConnectAsync(clientId);

    [Fact]
    public async Task MQTT_3_1_3_6_EmptyClientIdentifiers_AreEachAClientOfTheirOwn()
    {
        var first = await ConnectAsync("");
        await ConnectAsync("");

        await first.AskAsync(Wire.Ping, Heard.PingResp);
    }

    [Fact]
    public Task MQTT_3_1_3_7_EmptyClientIdentifierWithoutCleanSession_IsRefused() => AssertConnectRefusedAsync(Wire.Connect(Wire.V311, "", clean: false), 2);

    [Fact]
    public Task MQTT_3_1_3_8_EmptyClientIdentifierWithoutCleanSession_IsAnsweredBy2AndClosed() =>
        AssertConnectRefusedAsync(Wire.Connect(Wire.V311, "", clean: false), 2);

    [Fact]
    public Task MQTT_3_1_3_9_RejectedClientIdentifier_IsAnsweredBy2AndClosed() =>
        AssertConnectRefusedAsync(Wire.Connect(Wire.V311, new string('x', 60_000)), 2);

    [Fact]
    public Task MQTT_3_1_3_10_IllFormedWillTopic_IsClosed() =>
        AssertConnectRefusedAsync(Wire.Packet(0x10, Wire.Utf8("MQTT"), [4, 6, 0, 0], Wire.Utf8("c"), Wire.Binary([0xFF]), Wire.Utf8("gone")));

    [Fact]
    public Task MQTT_3_1_3_11_IllFormedUserName_IsClosed() =>
        AssertConnectRefusedAsync(Wire.Packet(0x10, Wire.Utf8("MQTT"), [4, 0x82, 0, 0], Wire.Utf8("c"), Wire.Binary([0xFF])));

    [Theory]
    [InlineData("100E00044D515454" + "0402000000" + "0163" + "00")]
    [InlineData("100A00044D515454" + "04020000")]
    [InlineData("1009" + "00044D515454" + "040200")]
    public Task MQTT_3_1_4_1_ConnectAgainstItsFormat_IsClosedWithoutConnAck(string connect) => AssertConnectRefusedAsync(Convert.FromHexString(connect));

    [Fact]
    public async Task MQTT_3_1_4_2_SecondConnectionOfAClient_EndsTheFirst()
    {
        var first = await ConnectAsync();

        await ConnectAsync();

        await first.AssertClosedAsync();
    }

    [Fact]
    public async Task MQTT_3_1_4_3_TakeOver_ProcessesCleanSession()
    {
        await ConnectLastingAsync();
        var second = await OpenAsync();
        Assert.True((await second.ConnectAsync("client", clean: false)).SessionPresent);
        var third = await OpenAsync();
        Assert.False((await third.ConnectAsync("client", clean: true)).SessionPresent);
    }

    [Fact]
    public async Task MQTT_3_1_4_4_GoodConnect_IsAcknowledgedWithZero()
    {
        var peer = await OpenAsync();
        await peer.SendAsync(Wire.Connect(Wire.V311, "c"));

        Assert.Equal((0, 4), await peer.NextAsync(Heard.ConnAck) is var answer ? (answer.Reason, answer.Bytes) : default);
    }

    [Fact]
    public Task MQTT_3_1_4_5_WhatFollowsARefusedConnect_IsNotTaken() =>
        AssertConnectRefusedAsync(Wire.Join(Wire.Connect(Wire.V311, "", clean: false), Wire.Publish(Wire.V311, "a", "x")), 2);

    [Fact]
    public async Task MQTT_3_2_0_1_ConnAck_IsTheFirstPacket()
    {
        var first = await ConnectLastingAsync();
        await first.SubscribeAsync("a", 1);
        first.Cut();
        await ClosedAsync("client");
        await (await ConnectAsync("publisher")).PublishAsync("a", "waiting", 1);

        var second = await OpenAsync();
        await second.SendAsync(Wire.Connect(Wire.V311, "client", clean: false), Wire.Ping);

        await second.NextAsync(Heard.ConnAck);
    }

    [Fact]
    public async Task MQTT_3_2_2_1_CleanSession_HasNoSessionPresent()
    {
        (await ConnectLastingAsync()).Cut();
        await ClosedAsync("client");
        var peer = await OpenAsync();

        Assert.False((await peer.ConnectAsync("client", clean: true)).SessionPresent);
    }

    [Fact]
    public async Task MQTT_3_2_2_2_StoredSession_HasSessionPresent()
    {
        (await ConnectLastingAsync()).Cut();
        await ClosedAsync("client");
        var peer = await OpenAsync();

        Assert.True((await peer.ConnectAsync("client", clean: false)).SessionPresent);
    }

    [Fact]
    public async Task MQTT_3_2_2_3_NoStoredSession_HasNoSessionPresent()
    {
        (await ConnectAsync(clean: true)).Cut();
        await ClosedAsync("client");
        var peer = await OpenAsync();

        Assert.False((await peer.ConnectAsync("client", clean: false)).SessionPresent);
    }

    [Fact]
    public Task MQTT_3_2_2_4_Refusal_HasNoSessionPresent() => AssertConnectRefusedAsync(Wire.Connect(2, "c"), 1);

    [Fact]
    public Task MQTT_3_2_2_5_Refusal_ClosesTheConnection() => AssertConnectRefusedAsync(Wire.Connect(Wire.V311, "", clean: false), 2);

    [Fact]
    public Task MQTT_3_2_2_6_RefusalWithoutAReturnCode_IsAClose() => AssertConnectRefusedAsync(Wire.Connect(Wire.V311, "c", will: new LastWill(Topic: "a/#")));

    private async Task AssertWillRetainedAsync(bool retain)
    {
        var watcher = await WatchAsync();
        (await ConnectAsync(will: new LastWill(Qos: 1, Retain: retain))).Cut();
        Assert.False((await watcher.ReceiveAsync("gone")).Retain);

        var later = await ConnectAsync("later");
        await later.SubscribeAsync("will", 1);

        if (retain)
        {
            Assert.True((await later.ReceiveAsync("gone")).Retain);
        }

        await later.AssertNothingAsync(watcher);
    }

    private async Task<Peer> WatchAsync()
    {
        var watcher = await ConnectAsync("watcher");
        await watcher.SubscribeAsync("will", 2);
        return watcher;
    }
}
