namespace FieldNet.Mqtt.Tests.Conformance;

/// <summary>MQTT 5.0: no packet is larger than the client takes, least of all for words of explanation.</summary>
public sealed class PacketSize5Tests() : ConformanceTests(Wire.V5)
{
    /// <summary>Room for a CONNACK with our limits, and for no more than that.</summary>
    private const int Maximum = 20;

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    public async Task MQTT_3_1_2_24_ConnAckOverTheClientsMaximum_IsNotSent(uint maximum)
    {
        var peer = await OpenAsync();
        await peer.SendAsync(Wire.Connect(Wire.V5, "tiny", properties: Property.MaximumPacketSize(maximum)));

        await peer.AssertClosedAsync();
    }

    [Fact]
    public Task MQTT_3_4_2_2_ReasonStringOfPubAck_IsLeftOut() => AssertFitsAsync(Wire.Publish(Wire.V5, "$SYS/a", "x", 1, 1), Heard.PubAck);

    [Fact]
    public Task MQTT_3_5_2_2_ReasonStringOfPubRec_IsLeftOut() => AssertFitsAsync(Wire.Publish(Wire.V5, "$SYS/a", "x", 2, 1), Heard.PubRec);

    [Fact]
    public Task MQTT_3_6_2_2_ReasonStringOfPubRel_IsLeftOut() => AssertFitsAsync(Wire.Answer(Heard.PubRec, 99), Heard.PubRel);

    [Fact]
    public Task MQTT_3_7_2_2_ReasonStringOfPubComp_IsLeftOut() => AssertFitsAsync(Wire.Answer(Heard.PubRel, 99), Heard.PubComp);

    [Fact]
    public Task MQTT_3_9_2_1_ReasonStringOfSubAck_IsLeftOut() => AssertFitsAsync(Wire.Subscribe(Wire.V5, 1, null, ("a/#/b", 0)), Heard.SubAck);

    [Fact]
    public Task MQTT_3_11_2_1_ReasonStringOfUnsubAck_IsLeftOut() => AssertFitsAsync(Wire.Unsubscribe(Wire.V5, 1, "never"), Heard.UnsubAck);

    [Fact]
    public Task MQTT_3_14_2_3_ReasonStringOfDisconnect_IsLeftOut() => AssertFitsAsync(Convert.FromHexString("0000"), Heard.Disconnect);

    private async Task AssertFitsAsync(byte[] packet, byte answer)
    {
        var peer = await OpenAsync();
        Assert.InRange((await peer.ConnectAsync("small", keepAlive: 10, properties: Property.MaximumPacketSize(Maximum))).Bytes, 2, Maximum);

        Assert.InRange((await peer.AskAsync(packet, answer)).Bytes, 2, Maximum);
    }
}
