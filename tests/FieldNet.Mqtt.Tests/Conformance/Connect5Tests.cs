namespace FieldNet.Mqtt.Tests.Conformance;

/// <summary>MQTT 5.0 section 3.1: which CONNECT is taken, and what it makes of the session.</summary>
public sealed class Connect5Tests() : ConformanceTests(Wire.V5)
{
    [Theory]
    [InlineData("C000")]
    [InlineData("300400016100")]
    [InlineData("E000")]
    public Task MQTT_3_1_0_1_FirstPacketOtherThanConnect_IsClosed(string packet) => AssertConnectRefusedAsync(Convert.FromHexString(packet));

    [Fact]
    public Task MQTT_3_1_0_2_SecondConnect_IsAProtocolError() => AssertEndedAsync(Wire.Connect(Wire.V5, "offender"), 0x82);

    [Theory]
    [InlineData("MQTX")]
    [InlineData("mqtt")]
    [InlineData("")]
    public async Task MQTT_3_1_2_1_OtherProtocolName_IsClosed(string name)
    {
        using var peer = await Host.OpenAsync();
        await peer.SendAsync(Wire.Packet(0x10, Wire.Utf8(name), [5, 2, 0, 0, 0], Wire.Utf8("c")));

        // A CONNACK may say so, in the form of whatever version the server takes it for.
        if (await peer.TryReadAsync() is { } answer)
        {
            Assert.Equal(0x20, answer.Header);
            Assert.Contains(answer.Body[1], new byte[] { 0x84, 0x01 });
            await peer.AssertClosedAsync();
        }
    }

    [Fact]
    public async Task MQTT_3_1_2_2_OtherProtocolVersion_IsClosed()
    {
        using var peer = await Host.OpenAsync();
        await peer.SendAsync(Wire.Connect(6, "c"));

        Assert.Contains((await peer.ReadAsync()).Body[1], new byte[] { 0x84, 0x01 });
        await peer.AssertClosedAsync();
    }

    [Fact]
    public Task MQTT_3_1_2_3_ReservedFlag_IsRefused() =>
        AssertConnectRefusedAsync(Wire.Packet(0x10, Wire.Utf8("MQTT"), [5, 0x03, 0, 0, 0], Wire.Utf8("c")), 0x81);

    [Fact]
    public async Task MQTT_3_1_2_4_CleanStart_DiscardsTheSession()
    {
        var first = await ConnectLastingAsync();
        await first.SubscribeAsync("a", 1);
        first.Dispose();
        await ClosedAsync("client");

        var second = await OpenAsync();
        var answer = await second.ConnectAsync("client", clean: true);

        Assert.False(answer.SessionPresent);
        await second.PublishAsync("a", "x", 1);
        await second.AssertNothingAsync(second);
    }

    [Fact]
    public async Task MQTT_3_1_2_5_NoCleanStart_ResumesTheSession()
    {
        var first = await ConnectLastingAsync();
        await first.SubscribeAsync("a", 1);
        first.Dispose();
        await ClosedAsync("client");

        var second = await OpenAsync();
        var answer = await second.ConnectAsync("client", clean: false);

        Assert.True(answer.SessionPresent);
        await second.PublishAsync("a", "x", 1);
        await second.ReceiveAsync("x");
    }

    [Fact]
    public async Task MQTT_3_1_2_6_NoCleanStartAndNoSession_MakesOne()
    {
        var peer = await OpenAsync();

        Assert.False((await peer.ConnectAsync("new", clean: false)).SessionPresent);
        await peer.SubscribeAsync("a");
        await peer.PublishAsync("a", "x");
        await peer.ReceiveAsync("x");
    }

    [Fact]
    public Task MQTT_3_1_2_9_WillFieldsMissing_IsRefused() =>
        AssertConnectRefusedAsync(Wire.Packet(0x10, Wire.Utf8("MQTT"), [5, 0x06, 0, 0, 0], Wire.Utf8("c")), 0x81);

    [Fact]
    public Task MQTT_3_1_2_11_WillQosWithoutWill_IsRefused() =>
        AssertConnectRefusedAsync(Wire.Packet(0x10, Wire.Utf8("MQTT"), [5, 0x0A, 0, 0, 0], Wire.Utf8("c")), 0x81);

    [Fact]
    public Task MQTT_3_1_2_12_WillQosThree_IsRefused() =>
        AssertConnectRefusedAsync(Wire.Connect(Wire.V5, "c", will: new LastWill(Qos: 3)), 0x81);

    [Fact]
    public Task MQTT_3_1_2_13_WillRetainWithoutWill_IsRefused() =>
        AssertConnectRefusedAsync(Wire.Packet(0x10, Wire.Utf8("MQTT"), [5, 0x22, 0, 0, 0], Wire.Utf8("c")), 0x81);

    [Fact]
    public Task MQTT_3_1_2_16_UserNameWithoutItsFlag_IsRefused() =>
        AssertConnectRefusedAsync(Wire.Packet(0x10, Wire.Utf8("MQTT"), [5, 0x02, 0, 0, 0], Wire.Utf8("c"), Wire.Utf8("user")), 0x81);

    [Fact]
    public Task MQTT_3_1_2_17_UserNameFlagWithoutUserName_IsRefused() =>
        AssertConnectRefusedAsync(Wire.Packet(0x10, Wire.Utf8("MQTT"), [5, 0x82, 0, 0, 0], Wire.Utf8("c")), 0x81);

    [Fact]
    public Task MQTT_3_1_2_18_PasswordWithoutItsFlag_IsRefused() =>
        AssertConnectRefusedAsync(Wire.Packet(0x10, Wire.Utf8("MQTT"), [5, 0x82, 0, 0, 0], Wire.Utf8("c"), Wire.Utf8("user"), Wire.Utf8("secret")), 0x81);

    [Fact]
    public Task MQTT_3_1_2_19_PasswordFlagWithoutPassword_IsRefused() =>
        AssertConnectRefusedAsync(Wire.Packet(0x10, Wire.Utf8("MQTT"), [5, 0xC2, 0, 0, 0], Wire.Utf8("c"), Wire.Utf8("user")), 0x81);

    [Fact]
    public async Task MQTT_3_1_2_22_SilenceForOneAndAHalfKeepAlives_EndsTheConnection()
    {
        var peer = await ConnectAsync(keepAlive: 10);
        Advance(TimeSpan.FromSeconds(14));
        await peer.AskAsync(Wire.Ping, Heard.PingResp);

        Advance(TimeSpan.FromSeconds(16));

        await peer.AssertEndedAsync(0x8D);
    }

    [Fact]
    public async Task MQTT_3_1_2_23_SessionWithExpiry_IsKeptAfterTheConnection()
    {
        var first = await ConnectAsync(properties: Property.SessionExpiry(60));
        await first.SubscribeAsync("a", 1);
        first.Cut();
        await ClosedAsync("client");
        var publisher = await ConnectAsync("publisher");
        await publisher.PublishAsync("a", "while away", 1);

        var second = await OpenAsync();

        Assert.True((await second.ConnectAsync("client", clean: false)).SessionPresent);
        await second.ReceiveAsync("while away");
    }

    [Fact]
    public async Task MQTT_3_1_2_24_PacketOverTheClientsMaximum_IsNotSent()
    {
        var peer = await ConnectAsync(properties: Property.MaximumPacketSize(40));
        await peer.SubscribeAsync("a", 1);
        var publisher = await ConnectAsync("publisher");

        await publisher.PublishAsync("a", new string('x', 33), 1);
        await publisher.PublishAsync("a", new string('y', 32), 1);

        Assert.Equal(40, (await peer.ReceiveAsync(new string('y', 32))).Bytes);
    }

    [Fact]
    public async Task MQTT_3_1_2_25_PacketTooLargeToSend_IsAsGoodAsSent()
    {
        var peer = await ConnectAsync(properties: Wire.Join(Property.MaximumPacketSize(40), Property.ReceiveMaximum(1)));
        await peer.SubscribeAsync("a", 1);
        var publisher = await ConnectAsync("publisher");

        await publisher.PublishAsync("a", new string('x', 100), 1);
        await publisher.PublishAsync("a", "fits", 1);

        // A message that was dropped holds no place in the window of one.
        await peer.ReceiveAsync("fits");
    }

    [Fact]
    public async Task MQTT_3_1_2_28_ResponseInformationNotAsked_IsNotGiven()
    {
        var peer = await OpenAsync();

        Assert.Null((await peer.ConnectAsync("c", properties: Property.RequestResponseInformation(0))).Find(Property.ResponseInformationId));
    }

    [Fact]
    public async Task MQTT_3_1_2_29_ProblemInformationNotAsked_OnlyTheAllowedPacketsHaveReasons()
    {
        var peer = await ConnectAsync(properties: Property.RequestProblemInformation(0));

        var denied = await peer.AskAsync(Wire.Publish(Wire.V5, "$SYS/a", "x", 1, 1), Heard.PubAck);
        var refused = await peer.AskAsync(Wire.Subscribe(Wire.V5, 1, null, ("a/#/b", 0)), Heard.SubAck);
        var unknown = await peer.UnsubscribeAsync("never");
        var completed = await peer.AskAsync(Wire.Answer(Heard.PubRel, 77), Heard.PubComp);

        Assert.All([denied, refused, unknown, completed], packet => Assert.Empty(packet.Properties));
    }

    [Fact]
    public Task MQTT_3_1_3_1_FieldsInOtherOrder_AreRefused() =>
        // The Will's fields before the client identifier: read in order, its topic would be the property block's rest.
        AssertConnectRefusedAsync(Wire.Packet(0x10, Wire.Utf8("MQTT"), [5, 0x06, 0, 0, 0], [0], Wire.Utf8("t"), Wire.Utf8("p"), Wire.Utf8("c")), 0x81, 0x82, 0x85, 0x90);

    [Fact]
    public async Task MQTT_3_1_3_2_ClientIdentifier_IsTheSession()
    {
        var one = await ConnectLastingAsync("one");
        await one.SubscribeAsync("a", 1);
        one.Dispose();
        await ClosedAsync("one");

        var other = await OpenAsync();
        Assert.False((await other.ConnectAsync("One", clean: false)).SessionPresent);
        var again = await OpenAsync();
        Assert.True((await again.ConnectAsync("one", clean: false)).SessionPresent);
    }

    [Fact]
    public Task MQTT_3_1_3_3_NoClientIdentifier_IsRefused() =>
        AssertConnectRefusedAsync(Wire.Packet(0x10, Wire.Utf8("MQTT"), [5, 0x02, 0, 0, 0]), 0x81);

    [Fact]
    public Task MQTT_3_1_3_4_IllFormedClientIdentifier_IsRefused() =>
        AssertConnectRefusedAsync(Wire.Packet(0x10, Wire.Utf8("MQTT"), [5, 0x02, 0, 0, 0], Wire.Binary([0xC3, 0x28])), 0x81, 0x85);

    [Theory]
    [InlineData("0")]
    [InlineData("0123456789abcdefghijklm")]
    [InlineData("nopqrstuvwxyzABCDEFGHIJ")]
    [InlineData("KLMNOPQRSTUVWXYZ")]
    public async Task MQTT_3_1_3_5_PlainClientIdentifiers_AreTaken(string clientId) => await ConnectAsync(clientId);

    [Fact]
    public async Task MQTT_3_1_3_6_EmptyClientIdentifiers_AreEachGivenTheirOwn()
    {
        var first = await OpenAsync();
        var second = await OpenAsync();

        var one = (await first.ConnectAsync("")).TextOf(Property.AssignedClientId);
        var other = (await second.ConnectAsync("", clean: false)).TextOf(Property.AssignedClientId);

        Assert.NotEqual(one, other);
        await first.AskAsync(Wire.Ping, Heard.PingResp);
    }

    [Fact]
    public async Task MQTT_3_1_3_7_AssignedClientIdentifier_NamesTheSession()
    {
        var first = await OpenAsync();
        var assigned = (await first.ConnectAsync("", properties: Property.SessionExpiry(60))).TextOf(Property.AssignedClientId)!;
        first.Dispose();
        await ClosedAsync(assigned);

        var second = await OpenAsync();

        Assert.True((await second.ConnectAsync(assigned, clean: false)).SessionPresent);
    }

    [Fact]
    public Task MQTT_3_1_3_8_RejectedClientIdentifier_IsClosedAs85() =>
        AssertConnectRefusedAsync(Wire.Connect(Wire.V5, new string('x', 60_000)), 0x85);

    [Fact]
    public Task MQTT_3_1_3_12_IllFormedUserName_IsRefused() =>
        AssertConnectRefusedAsync(Wire.Packet(0x10, Wire.Utf8("MQTT"), [5, 0x82, 0, 0, 0], Wire.Utf8("c"), Wire.Binary([0xFF])), 0x81);
}
