namespace FieldNet.Mqtt.Tests.Conformance;

/// <summary>MQTT 3.1.1 chapters 1 and 2, sections 3.1 and 3.2: strings, flags, CONNECT and CONNACK.</summary>
public sealed class Connect311Tests() : ConformanceTests(Wire.V311)
{
    [Theory]
    [InlineData("C328")]
    [InlineData("EDA080")]
    [InlineData("F4908080")]
    public Task MQTT_1_5_3_1_IllFormedUtf8_EndsTheConnection(string topic) =>
        AssertEndedAsync(Wire.Packet(0x30, Wire.Binary(Convert.FromHexString(topic))));

    [Fact]
    public Task MQTT_1_5_3_2_NullCharacter_EndsTheConnection() => AssertEndedAsync(Wire.Publish(Wire.V311, "a\0b", "x"));

    [Fact]
    public async Task MQTT_1_5_3_3_ByteOrderMark_IsAnOrdinaryCharacter()
    {
        var peer = await ConnectAsync();
        await peer.SubscribeAsync("\uFEFFa");
        await peer.SubscribeAsync("a");

        await peer.PublishAsync("\uFEFFa", "marked");

        Assert.Equal("\uFEFFa", (await peer.ReceiveAsync("marked")).Topic);
        await peer.AssertNothingAsync(peer);
    }

    [Theory]
    [InlineData("8006000100016100")]
    [InlineData("A00500010001" + "61")]
    [InlineData("42020001")]
    public Task MQTT_2_2_2_1_ReservedFlags_AreAsListed(string packet) => AssertEndedAsync(Convert.FromHexString(packet));

    [Theory]
    [InlineData("C100")]
    [InlineData("E200")]
    [InlineData("36050001610001")]
    public Task MQTT_2_2_2_2_InvalidFlags_EndTheConnection(string packet) => AssertEndedAsync(Convert.FromHexString(packet));

    [Theory]
    [InlineData("3205000161" + "0000")]
    [InlineData("8206000000016100")]
    [InlineData("A205000000" + "0161")]
    public Task MQTT_2_3_1_1_IdentifierZero_EndsTheConnection(string packet) => AssertEndedAsync(Convert.FromHexString(packet));

    [Fact]
    public async Task MQTT_2_3_1_4_MessagesOfTheServer_HaveUnusedIdentifiers()
    {
        var peer = await ConnectAsync();
        await peer.SubscribeAsync("a", 1);
        HashSet<int> used = [0];
        for (var i = 0; i < 10; i++)
        {
            await peer.PublishAsync("a", $"{i}", 1);
            Assert.True(used.Add((await peer.NextAsync(Heard.Publish)).Id));
        }
    }

    [Fact]
    public async Task MQTT_2_3_1_5_QosZero_CarriesNoIdentifier()
    {
        var peer = await ConnectAsync();
        await peer.SubscribeAsync("a", 2);
        await peer.PublishAsync("a", "x");

        Assert.Equal(2 + 2 + 1 + 1, (await peer.ReceiveAsync("x")).Bytes);
    }

    [Fact]
    public async Task MQTT_2_3_1_6_Acknowledgements_CarryTheIdentifierOfTheirPublish()
    {
        var peer = await ConnectAsync();

        Assert.Equal(0x1234, (await peer.AskAsync(Wire.Publish(Wire.V311, "a", "x", 1, 0x1234), Heard.PubAck)).Id);
        Assert.Equal(0xFFFF, (await peer.AskAsync(Wire.Publish(Wire.V311, "a", "x", 2, 0xFFFF), Heard.PubRec)).Id);
        Assert.Equal(0xFFFF, (await peer.AskAsync(Wire.Answer(Heard.PubRel, 0xFFFF), Heard.PubComp)).Id);
    }

    [Fact]
    public async Task MQTT_2_3_1_7_SubAckAndUnsubAck_CarryTheIdentifierOfTheirRequest()
    {
        var peer = await ConnectAsync();

        Assert.Equal(0x0102, (await peer.AskAsync(Wire.Subscribe(Wire.V311, 0x0102, null, ("a", 0)), Heard.SubAck)).Id);
        Assert.Equal(0x0304, (await peer.AskAsync(Wire.Unsubscribe(Wire.V311, 0x0304, "a"), Heard.UnsubAck)).Id);
    }

    [Theory]
    [InlineData("C000")]
    [InlineData("3003000161")]
    public Task MQTT_3_1_0_1_FirstPacketOtherThanConnect_IsClosed(string packet) => AssertConnectRefusedAsync(Convert.FromHexString(packet));

    [Fact]
    public Task MQTT_3_1_0_2_SecondConnect_EndsTheConnection() => AssertEndedAsync(Wire.Connect(Wire.V311, "offender"));

    [Fact]
    public async Task MQTT_3_1_2_1_OtherProtocolName_IsClosed()
    {
        using var peer = await Host.OpenAsync();
        await peer.SendAsync(Wire.Packet(0x10, Wire.Utf8("MQTX"), [4, 2, 0, 0], Wire.Utf8("c")));

        if (await peer.TryReadAsync() is { } answer)
        {
            Assert.Equal((0x20, 1), (answer.Header, answer.Body[1]));
            await peer.AssertClosedAsync();
        }
    }

    [Fact]
    public Task MQTT_3_1_2_2_OtherProtocolLevel_IsRefusedWith1AndClosed() => AssertConnectRefusedAsync(Wire.Connect(2, "c"), 1);

    [Fact]
    public Task MQTT_3_1_2_3_ReservedFlag_IsClosed() => AssertConnectRefusedAsync(Wire.Packet(0x10, Wire.Utf8("MQTT"), [4, 3, 0, 0], Wire.Utf8("c")));

    [Fact]
    public async Task MQTT_3_1_2_4_CleanSessionZero_ResumesTheSession()
    {
        var first = await ConnectLastingAsync();
        await first.SubscribeAsync("a", 1);
        first.Cut();
        await ClosedAsync("client");
        await (await ConnectAsync("publisher")).PublishAsync("a", "x", 1);

        var second = await OpenAsync();
        Assert.True((await second.ConnectAsync("client", clean: false)).SessionPresent);
        await second.ReceiveAsync("x");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task MQTT_3_1_2_5_MessagesWhileAway_AreKept(byte qos)
    {
        var first = await ConnectLastingAsync();
        await first.SubscribeAsync("a", qos);
        await first.SendAsync(Wire.Disconnect());
        await first.AssertClosedAsync();
        await ClosedAsync("client");
        await (await ConnectAsync("publisher")).PublishAsync("a", "x", qos);

        Assert.Equal(qos, (await (await ConnectLastingAsync()).ReceiveAsync("x")).Qos);
    }

    [Fact]
    public async Task MQTT_3_1_2_6_CleanSession_DiscardsTheEarlierOne()
    {
        var first = await ConnectLastingAsync();
        await first.SubscribeAsync("a", 1);
        first.Cut();
        await ClosedAsync("client");

        var second = await OpenAsync();
        Assert.False((await second.ConnectAsync("client", clean: true)).SessionPresent);
        await second.PublishAsync("a", "x", 1);
        await second.AssertNothingAsync(second);
        second.Cut();
        await ClosedAsync("client");

        var third = await OpenAsync();
        Assert.False((await third.ConnectAsync("client", clean: false)).SessionPresent);
    }

    [Fact]
    public Task MQTT_3_1_2_9_WillFieldsMissing_IsClosed() => AssertFlagsClosedAsync(0x0E);

    [Fact]
    public Task MQTT_3_1_2_11_WillFieldsWithoutWillFlag_IsClosed() =>
        AssertConnectRefusedAsync(Wire.Packet(0x10, Wire.Utf8("MQTT"), [4, 2, 0, 0], Wire.Utf8("c"), Wire.Utf8("will"), Wire.Utf8("gone")));

    [Fact]
    public Task MQTT_3_1_2_13_WillQosWithoutWill_IsClosed() => AssertFlagsClosedAsync(0x0A);

    [Fact]
    public Task MQTT_3_1_2_14_WillQosThree_IsClosed() => AssertConnectRefusedAsync(Wire.Connect(Wire.V311, "c", will: new LastWill(Qos: 3)));

    [Fact]
    public Task MQTT_3_1_2_15_WillRetainWithoutWill_IsClosed() => AssertFlagsClosedAsync(0x22);

    [Fact]
    public Task MQTT_3_1_2_18_UserNameWithoutItsFlag_IsClosed() =>
        AssertConnectRefusedAsync(Wire.Packet(0x10, Wire.Utf8("MQTT"), [4, 2, 0, 0], Wire.Utf8("c"), Wire.Utf8("user")));

    [Fact]
    public Task MQTT_3_1_2_19_UserNameFlagWithoutUserName_IsClosed() => AssertFlagsClosedAsync(0x82);

    [Fact]
    public Task MQTT_3_1_2_20_PasswordWithoutItsFlag_IsClosed() =>
        AssertConnectRefusedAsync(Wire.Packet(0x10, Wire.Utf8("MQTT"), [4, 0x82, 0, 0], Wire.Utf8("c"), Wire.Utf8("user"), Wire.Utf8("secret")));

    [Fact]
    public Task MQTT_3_1_2_21_PasswordFlagWithoutPassword_IsClosed() =>
        AssertConnectRefusedAsync(Wire.Packet(0x10, Wire.Utf8("MQTT"), [4, 0xC2, 0, 0], Wire.Utf8("c"), Wire.Utf8("user")));

    [Fact]
    public Task MQTT_3_1_2_22_PasswordWithoutUserName_IsClosed() =>
        AssertConnectRefusedAsync(Wire.Packet(0x10, Wire.Utf8("MQTT"), [4, 0x42, 0, 0], Wire.Utf8("c"), Wire.Utf8("secret")));

    [Fact]
    public async Task MQTT_3_1_2_24_SilenceForOneAndAHalfKeepAlives_EndsTheConnection()
    {
        var peer = await ConnectAsync(keepAlive: 10);
        Advance(TimeSpan.FromSeconds(14));
        await peer.AskAsync(Wire.Ping, Heard.PingResp);

        Advance(TimeSpan.FromSeconds(16));

        await peer.AssertClosedAsync();
    }

    private Task AssertFlagsClosedAsync(byte flags) =>
        AssertConnectRefusedAsync(Wire.Packet(0x10, Wire.Utf8("MQTT"), [4, flags, 0, 0], Wire.Utf8("c")));
}
