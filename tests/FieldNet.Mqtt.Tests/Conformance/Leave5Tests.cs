namespace FieldNet.Mqtt.Tests.Conformance;

/// <summary>MQTT 5.0 sections 3.12 to 3.15, 4.12 and 4.13: pings, leave-taking, authentication, errors.</summary>
public sealed class Leave5Tests() : ConformanceTests(Wire.V5)
{
    private static readonly byte[] DisconnectReasons =
    [
        0x00, 0x80, 0x81, 0x82, 0x83, 0x87, 0x89, 0x8B, 0x8D, 0x8E, 0x8F, 0x90, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99, 0x9A, 0x9B, 0x9C, 0x9D, 0x9E,
        0x9F, 0xA0, 0xA1, 0xA2,
    ];

    [Fact]
    public async Task MQTT_3_12_4_1_PingReq_IsAnsweredByPingResp()
    {
        var peer = await ConnectAsync();

        Assert.Equal(2, (await peer.AskAsync(Wire.Ping, Heard.PingResp)).Bytes);
    }

    [Theory]
    [InlineData("0E00044D5154540502000001000161")]
    [InlineData("C000")]
    public async Task MQTT_3_14_0_1_BeforeAConnAck_NoDisconnectIsSent(string packet)
    {
        var peer = await OpenAsync();
        await peer.SendAsync(Convert.FromHexString(packet));

        await peer.AssertClosedAsync();
    }

    [Theory]
    [InlineData("E100")]
    [InlineData("E80100")]
    public Task MQTT_3_14_1_1_ReservedFlagsOfDisconnect_AreMalformed(string packet) => AssertEndedAsync(Convert.FromHexString(packet));

    [Fact]
    public async Task MQTT_3_14_2_1_Disconnect_UsesADisconnectReasonCode()
    {
        byte[][] faults =
        [
            Convert.FromHexString("0000"),
            Wire.Connect(Wire.V5, "again"),
            Wire.Publish(Wire.V5, "a", "x", properties: Property.TopicAlias(0)),
            Wire.Publish(Wire.V5, "a/#", "x"),
            Wire.Packet(0xD0),
            Convert.FromHexString("30FFFFFF7F"),
        ];

        foreach (var fault in faults)
        {
            var peer = await ConnectAsync();
            await peer.SendAsync(fault);
            Assert.Contains((await peer.NextAsync(Heard.Disconnect)).Reason, DisconnectReasons);
            await peer.AssertClosedAsync();
        }
    }

    [Fact]
    public async Task MQTT_3_14_2_2_DisconnectOfTheServer_HasNoSessionExpiry()
    {
        var peer = await ConnectLastingAsync();
        await ConnectLastingAsync();

        Assert.Null((await peer.NextAsync(Heard.Disconnect)).Find(Property.SessionExpiryId));
    }

    [Fact]
    public async Task MQTT_3_14_4_1_AfterItsDisconnect_TheServerSendsNothing()
    {
        var peer = await ConnectAsync();
        await peer.SendAsync(Convert.FromHexString("0000"), Wire.Ping, Wire.Publish(Wire.V5, "a", "x", 1, 1));

        await peer.AssertEndedAsync(0x81);
    }

    [Fact]
    public Task MQTT_3_14_4_2_AfterItsDisconnect_TheServerCloses() => AssertEndedAsync(Wire.Packet(0xD0), 0x82);

    [Fact]
    public Task MQTT_3_15_1_1_ReservedFlagsOfAuth_EndTheConnection() => AssertEndedAsync(Convert.FromHexString("F100"));

    [Theory]
    [InlineData("SCRAM-SHA-256")]
    [InlineData("")]
    public Task MQTT_4_12_0_1_UnsupportedMethod_IsRefusedAndClosed(string method) =>
        AssertConnectRefusedAsync(Wire.Connect(Wire.V5, "c", properties: Property.AuthenticationMethod(method)), 0x8C, 0x87);

    [Fact]
    public Task MQTT_4_12_0_4_RejectedAuthentication_ClosesTheConnection() =>
        AssertConnectRefusedAsync(Wire.Connect(Wire.V5, "c", properties: Property.AuthenticationMethod("PLAIN")), 0x8C);

    [Fact]
    public async Task MQTT_4_12_0_6_WithoutAMethod_NeitherAuthNorMethodIsSent()
    {
        var peer = await OpenAsync();

        Assert.Null((await peer.ConnectAsync("c")).Find(Property.AuthenticationMethodId));
        await peer.AskAsync(Wire.Ping, Heard.PingResp);
    }

    [Fact]
    public Task MQTT_4_12_0_7_AuthWithoutAMethod_EndsTheConnection() => AssertEndedAsync(Wire.Packet(0xF0, [0x18, 0]), 0x82);

    [Fact]
    public Task MQTT_4_12_1_1_ReauthenticationWithoutAMethod_EndsTheConnection() =>
        AssertEndedAsync(Wire.Packet(0xF0, [0x19], Wire.Block(Wire.V5, Property.AuthenticationMethod("x"))), 0x82);

    [Theory]
    [InlineData("0000", 0x81)]
    [InlineData("3080808080", 0x81)]
    [InlineData("9003000100", 0x82)]
    [InlineData("B003000100", 0x82)]
    [InlineData("820700010000016103", 0x82)]
    [InlineData("820700010000016130", 0x82)]
    [InlineData("D000", 0x82)]
    [InlineData("2003000000", 0x82)]
    [InlineData("E007000511000000FF", 0x82)]
    public Task MQTT_4_13_1_1_MalformedPacketOrProtocolError_EndsTheConnection(string packet, byte reason) =>
        AssertEndedAsync(Convert.FromHexString(packet), reason);

    [Fact]
    public async Task MQTT_4_13_2_1_ReasonOf80OrMore_ClosesTheConnection()
    {
        await AssertEndedAsync(Convert.FromHexString("0000"));
        var refused = await OpenAsync();
        await refused.SendAsync(Wire.Connect(Wire.V5, "c", properties: Property.ReceiveMaximum(0)));

        Assert.True((await refused.NextAsync(Heard.ConnAck)).Reason >= 0x80);
        await refused.AssertClosedAsync();
    }

    [Fact]
    public async Task MQTT_4_13_2_1_DisconnectOfTheClient_ClosesTheConnection()
    {
        var peer = await ConnectAsync();
        await peer.SendAsync(Wire.Disconnect(0x80));

        await peer.AssertClosedAsync();
    }
}
