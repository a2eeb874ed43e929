using System.Text;

namespace FieldNet.Mqtt.Tests.Conformance;

/// <summary>MQTT 5.0 chapters 1 and 2: strings, integers, the fixed header, packet identifiers.</summary>
public sealed class Data5Tests() : ConformanceTests(Wire.V5)
{
    [Theory]
    [InlineData("C328")]
    [InlineData("EDA080")]
    [InlineData("F4908080")]
    [InlineData("C0AF")]
    public Task MQTT_1_5_4_1_IllFormedUtf8_EndsTheConnection(string topic) =>
        AssertEndedAsync(Wire.Packet(0x30, Wire.Binary(Convert.FromHexString(topic)), [0]));

    [Fact]
    public Task MQTT_1_5_4_2_NullCharacter_EndsTheConnection() => AssertEndedAsync(Wire.Publish(Wire.V5, "a\0b", "x"));

    [Fact]
    public async Task MQTT_1_5_4_3_ByteOrderMark_IsAnOrdinaryCharacter()
    {
        var peer = await ConnectAsync();
        await peer.SubscribeAsync("\uFEFFa");
        await peer.SubscribeAsync("a");

        await peer.PublishAsync("\uFEFFa", "marked");

        var message = await peer.ReceiveAsync("marked");
        Assert.Equal([0xEF, 0xBB, 0xBF, (byte)'a'], Encoding.UTF8.GetBytes(message.Topic));
        await peer.AssertNothingAsync(peer);
    }

    [Fact]
    public async Task MQTT_1_5_5_1_WhatTheServerSends_HasTheShortestLength()
    {
        var peer = await ConnectAsync();
        await peer.SubscribeAsync("a");

        foreach (var length in new[] { 0, 123, 124, 16_378, 16_379 })
        {
            await peer.PublishAsync("a", new string('x', length));
            var message = await peer.ReceiveAsync(new string('x', length));
            // Heard.Bytes is computed with the shortest form, and the stream is still in step afterwards.
            Assert.Equal(1 + Wire.Varint(4 + length).Length + 4 + length, message.Bytes);
        }
    }

    [Fact]
    public Task MQTT_1_5_7_1_IllFormedUserProperty_EndsTheConnection() =>
        AssertEndedAsync(Wire.Publish(Wire.V5, "a", "x", properties: [0x26, 0, 1, 0xFF, 0, 1, (byte)'v']));

    [Theory]
    [InlineData("42020001")]
    [InlineData("52020001")]
    [InlineData("72020001")]
    [InlineData("C100")]
    [InlineData("E100")]
    public Task MQTT_2_1_3_1_ReservedFlags_EndTheConnection(string packet) => AssertEndedAsync(Convert.FromHexString(packet));

    [Fact]
    public async Task MQTT_2_2_1_2_QosZero_CarriesNoIdentifier()
    {
        var peer = await ConnectAsync();
        await peer.SubscribeAsync("a", 2);

        await peer.PublishAsync("a", "x");

        Assert.Equal(2 + 2 + 1 + 1 + 1, (await peer.ReceiveAsync("x")).Bytes);
    }

    [Theory]
    [InlineData("32060001610000FF")]
    [InlineData("82070000000001" + "6100")]
    [InlineData("A2060000000001" + "61")]
    public async Task MQTT_2_2_1_3_IdentifierZero_EndsTheConnection(string packet)
    {
        var peer = await ConnectAsync();
        await peer.SendAsync(Convert.FromHexString(packet));

        // The standard names no reason code for it.
        Assert.Contains((await peer.NextAsync(Heard.Disconnect)).Reason, new byte[] { 0x81, 0x82 });
        await peer.AssertClosedAsync();
    }

    [Fact]
    public async Task MQTT_2_2_1_4_MessagesToAClient_HaveUnusedIdentifiers()
    {
        var peer = await ConnectAsync();
        await peer.SubscribeAsync("a", 1);
        HashSet<int> used = [];

        for (var i = 0; i < 20; i++)
        {
            await peer.PublishAsync("a", $"{i}", 1);
            var message = await peer.NextAsync(Heard.Publish);
            Assert.NotEqual(0, message.Id);
            Assert.True(used.Add(message.Id), "an identifier in flight was used again");
        }
    }

    [Fact]
    public async Task MQTT_2_2_1_5_Acknowledgements_CarryTheIdentifierOfTheirPublish()
    {
        var peer = await ConnectAsync();

        Assert.Equal(0x1234, (await peer.AskAsync(Wire.Publish(Wire.V5, "a", "x", 1, 0x1234), Heard.PubAck)).Id);
        Assert.Equal(0xFFFF, (await peer.AskAsync(Wire.Publish(Wire.V5, "a", "x", 2, 0xFFFF), Heard.PubRec)).Id);
        Assert.Equal(0xFFFF, (await peer.AskAsync(Wire.Answer(Heard.PubRel, 0xFFFF), Heard.PubComp)).Id);
    }

    [Fact]
    public async Task MQTT_2_2_1_6_SubAckAndUnsubAck_CarryTheIdentifierOfTheirRequest()
    {
        var peer = await ConnectAsync();

        Assert.Equal(0x0102, (await peer.AskAsync(Wire.Subscribe(Wire.V5, 0x0102, null, ("a", 0)), Heard.SubAck)).Id);
        Assert.Equal(0x0304, (await peer.AskAsync(Wire.Unsubscribe(Wire.V5, 0x0304, "a"), Heard.UnsubAck)).Id);
    }

    [Fact]
    public async Task MQTT_2_2_2_1_NoProperties_IsALengthOfZero()
    {
        var peer = await ConnectAsync();
        await peer.SubscribeAsync("a");

        await peer.PublishAsync("a", "x");

        // Heard reads the length, and without it the payload would lack a byte.
        Assert.Empty((await peer.ReceiveAsync("x")).Properties);
    }
}
