namespace FieldNet.Mqtt.Tests.Conformance;

/// <summary>MQTT 5.0 sections 3.1.4 and 3.2: what the server does with a CONNECT, and its CONNACK.</summary>
public sealed class Admission5Tests() : ConformanceTests(Wire.V5)
{
    [Theory]
    [InlineData("100E00044D515454050200000100" + "0161" + "00")]
    [InlineData("101000044D515454" + "0502000002" + "2400" + "000161")]
    [InlineData("101200044D515454" + "0502000005" + "2700000000" + "000161")]
    [InlineData("101300044D515454" + "0502000006" + "210001210001" + "000161")]
    public async Task MQTT_3_1_4_1_ConnectAgainstItsFormat_IsClosed(string connect)
    {
        var peer = await OpenAsync();
        await peer.SendAsync(Convert.FromHexString(connect));

        Assert.True((await peer.NextAsync(Heard.ConnAck)).Reason >= 0x80);
        await peer.AssertClosedAsync();
    }

    [Fact]
    public Task MQTT_3_1_4_2_ConnectThatMayNotBe_IsClosed() =>
        AssertConnectRefusedAsync(Wire.Connect(Wire.V5, "c", properties: Property.AuthenticationMethod("SCRAM-SHA-1")), 0x8C);

    [Fact]
    public async Task MQTT_3_1_4_3_SecondConnectionOfAClient_TakesOver()
    {
        var first = await ConnectAsync();

        await ConnectAsync();

        await first.AssertEndedAsync(0x8E);
    }

    [Fact]
    public async Task MQTT_3_1_4_4_TakeOverWithoutCleanStart_KeepsTheSession()
    {
        var first = await ConnectLastingAsync();
        await first.SubscribeAsync("a", 1);

        var second = await OpenAsync();
        Assert.True((await second.ConnectAsync("client", clean: false)).SessionPresent);
        var third = await OpenAsync();
        Assert.False((await third.ConnectAsync("client", clean: true)).SessionPresent);
    }

    [Fact]
    public async Task MQTT_3_1_4_5_GoodConnect_IsAcknowledgedWithSuccess()
    {
        var peer = await OpenAsync();
        await peer.SendAsync(Wire.Connect(Wire.V5, "c"));

        Assert.Equal(0, (await peer.NextAsync(Heard.ConnAck)).Reason);
    }

    [Fact]
    public Task MQTT_3_1_4_6_WhatFollowsARefusedConnect_IsNotTaken() =>
        // No record, so nothing was published.
        AssertConnectRefusedAsync(Wire.Join(Wire.Connect(Wire.V5, "c", properties: Property.AuthenticationMethod("x")), Wire.Publish(Wire.V5, "a", "x")), 0x8C);

    [Fact]
    public async Task MQTT_3_2_0_1_ConnAck_IsTheFirstPacket()
    {
        var first = await ConnectLastingAsync();
        await first.SubscribeAsync("a", 1);
        first.Dispose();
        await ClosedAsync("client");
        await (await ConnectAsync("publisher")).PublishAsync("a", "waiting", 1);

        var second = await OpenAsync();
        await second.SendAsync(Wire.Connect(Wire.V5, "client", clean: false), Wire.Ping);

        Assert.Equal(0, (await second.NextAsync(Heard.ConnAck)).Reason);
    }

    [Fact]
    public async Task MQTT_3_2_0_2_SecondConnect_GetsNoSecondConnAck()
    {
        var peer = await ConnectAsync();
        await peer.SendAsync(Wire.Connect(Wire.V5, "client"));

        await peer.AssertEndedAsync(0x82);
    }

    [Fact]
    public async Task MQTT_3_2_2_1_ReservedAcknowledgeFlags_AreZero()
    {
        using var raw = await Host.OpenAsync();
        await raw.SendAsync(Wire.Connect(Wire.V5, "c"));

        Assert.Equal(0, (await raw.ReadAsync()).Body[0]);
    }

    [Fact]
    public async Task MQTT_3_2_2_2_CleanStart_HasNoSessionPresent()
    {
        (await ConnectLastingAsync()).Dispose();
        await ClosedAsync("client");
        var peer = await OpenAsync();

        Assert.False((await peer.ConnectAsync("client", clean: true)).SessionPresent);
    }

    [Fact]
    public async Task MQTT_3_2_2_3_SessionPresent_SaysWhetherThereWasASession()
    {
        var first = await OpenAsync();
        Assert.False((await first.ConnectAsync("client", clean: false, properties: Property.SessionExpiry(60))).SessionPresent);
        first.Dispose();
        await ClosedAsync("client");
        var second = await OpenAsync();

        Assert.True((await second.ConnectAsync("client", clean: false)).SessionPresent);
    }

    [Fact]
    public async Task MQTT_3_2_2_6_RefusalOfAKnownClient_HasNoSessionPresent()
    {
        (await ConnectLastingAsync()).Dispose();
        await ClosedAsync("client");
        var peer = await OpenAsync();
        await peer.SendAsync(Wire.Connect(Wire.V5, "client", clean: false, properties: Property.AuthenticationMethod("x")));

        var answer = await peer.NextAsync(Heard.ConnAck);

        Assert.Equal((0x8C, false), (answer.Reason, answer.SessionPresent));
    }

    [Fact]
    public Task MQTT_3_2_2_7_Refusal_ClosesTheConnection() =>
        AssertConnectRefusedAsync(Wire.Connect(Wire.V5, "c", properties: Property.AuthenticationMethod("x")), 0x8C);

    [Fact]
    public async Task MQTT_3_2_2_8_ConnAck_UsesAConnectReasonCode()
    {
        byte[] allowed =
        [
            0x00, 0x80, 0x81, 0x82, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8A, 0x8C, 0x90, 0x95, 0x97, 0x99, 0x9A, 0x9B, 0x9C, 0x9D, 0x9F,
        ];
        byte[][] connects =
        [
            Wire.Connect(Wire.V5, "c"),
            Wire.Connect(Wire.V5, new string('x', 60_000)),
            Wire.Connect(Wire.V5, "c", will: new LastWill(Topic: "a/#")),
            Wire.Connect(Wire.V5, "c", properties: Property.ReceiveMaximum(0)),
            Wire.Connect(Wire.V5, "c", properties: Property.TopicAlias(1)),
        ];

        foreach (var connect in connects)
        {
            var peer = await OpenAsync();
            await peer.SendAsync(connect);
            Assert.Contains((await peer.NextAsync(Heard.ConnAck)).Reason, allowed);
        }
    }

    [Fact]
    public async Task MQTT_3_2_2_9_EveryQos_IsSupportedSoNoMaximumIsSaid()
    {
        var peer = await OpenAsync();

        // 3.2.2.3.4: a value of 2 may not be sent either.
        Assert.Null((await peer.ConnectAsync("c")).Find(Property.MaximumQosId));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task MQTT_3_2_2_10_SubscriptionAtEveryQos_IsAccepted(byte qos)
    {
        var peer = await ConnectAsync();

        Assert.Equal([qos], (await peer.SubscribeAsync("a", qos)).Codes);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public Task MQTT_3_2_2_12_WillAtEveryQos_IsAccepted(byte qos) => ConnectAsync(will: new LastWill(Qos: qos));

    [Fact]
    public Task MQTT_3_2_2_13_RetainedWill_IsAccepted() => ConnectAsync(will: new LastWill(Retain: true));

    [Fact]
    public async Task MQTT_3_2_2_16_AssignedIdentifier_IsNobodyElses()
    {
        HashSet<string> assigned = [];
        for (var i = 0; i < 10; i++)
        {
            var peer = await OpenAsync();
            Assert.True(assigned.Add((await peer.ConnectAsync("")).TextOf(Property.AssignedClientId)!));
        }
    }

    [Fact]
    public async Task MQTT_3_2_2_19_ReasonStringOverTheClientsMaximum_IsLeftOut()
    {
        var peer = await OpenAsync();
        await peer.SendAsync(Wire.Connect(Wire.V5, "c", properties: Wire.Join(Property.MaximumPacketSize(8), Property.AuthenticationMethod("x"))));

        Assert.True((await peer.NextAsync(Heard.ConnAck)).Bytes <= 8);
    }

    [Fact]
    public async Task MQTT_3_2_2_22_WithoutServerKeepAlive_TheClientsCounts()
    {
        var peer = await OpenAsync();
        var answer = await peer.ConnectAsync("c", keepAlive: 4);
        Assert.Null(answer.Find(Property.ServerKeepAliveId));

        Advance(TimeSpan.FromSeconds(7));

        await peer.AssertEndedAsync(0x8D);
    }
}
