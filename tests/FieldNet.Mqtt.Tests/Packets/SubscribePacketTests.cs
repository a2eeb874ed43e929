using System.Buffers;
using FieldNet.Mqtt.Packets;

namespace FieldNet.Mqtt.Tests.Packets;

/// <summary>MQTT 5.0 and 3.1.1 sections 3.8 to 3.11.</summary>
public sealed class SubscribePacketTests
{
    [Fact]
    public void Read_ExampleOfTheStandard_IsRead()
    {
        // 3.8.3, figure 3-21: "a/b" at QoS 1, "c/d" at QoS 2; packet identifier 10.
        var body = Convert.FromHexString("000A" + "00" + "0003612F62" + "01" + "0003632F64" + "02");

        Assert.Equal(MqttReasonCode.Success, SubscribePacket.Read(body, MqttProtocolVersion.V5, out var packet));

        Assert.Equal((10, 2), (packet.PacketId, packet.Count));
        Assert.True(packet.TryReadNext(out var filter, out var options));
        Assert.Equal("a/b"u8, filter);
        Assert.Equal(1, options.Qos);
        Assert.True(packet.TryReadNext(out filter, out options));
        Assert.Equal("c/d"u8, filter);
        Assert.Equal(2, options.Qos);
        Assert.False(packet.TryReadNext(out _, out _));
    }

    [Theory]
    [InlineData("000A" + "00", MqttReasonCode.ProtocolError, "MQTT-3.8.3-2: no filter")]
    [InlineData("0000" + "00" + "00016101", MqttReasonCode.ProtocolError, "MQTT-2.2.1-3: packet identifier 0")]
    [InlineData("000A" + "00" + "00016103", MqttReasonCode.ProtocolError, "3.8.3.1: QoS 3")]
    [InlineData("000A" + "00" + "00016141", MqttReasonCode.MalformedPacket, "MQTT-3.8.3-5: reserved bits")]
    [InlineData("000A" + "00" + "00016131", MqttReasonCode.ProtocolError, "3.8.3.1: retain handling 3")]
    [InlineData("000A" + "00" + "000161", MqttReasonCode.MalformedPacket, "no options")]
    [InlineData("000A" + "020B00" + "00016101", MqttReasonCode.ProtocolError, "3.8.2.1.2: subscription identifier 0")]
    public void Read_AgainstTheRules_SaysWhy(string hex, MqttReasonCode expected, string rule) =>
        Assert.True(expected == SubscribePacket.Read(Convert.FromHexString(hex), MqttProtocolVersion.V5, out _), rule);

    [Fact]
    public void Read_Version5OptionsInVersion311_AreMalformed() =>
        Assert.Equal(MqttReasonCode.MalformedPacket, SubscribePacket.Read([0, 1, 0, 1, 97, 0b101], MqttProtocolVersion.V311, out _));

    [Fact]
    public void Read_Unsubscribe_GivesItsFilters()
    {
        // 3.10.3, figure 3-31: "a/b", "c/d".
        var body = Convert.FromHexString("000A" + "0003612F62" + "0003632F64");

        Assert.Equal(MqttReasonCode.Success, UnsubscribePacket.Read(body, MqttProtocolVersion.V311, out var packet));

        Assert.Equal(2, packet.Count);
        Assert.True(packet.TryReadNext(out _) && packet.TryReadNext(out var second) && second.SequenceEqual("c/d"u8));
    }

    [Theory]
    [InlineData(MqttProtocolVersion.V5, MqttPacketType.SubAck, "9006000A00018097")]
    [InlineData(MqttProtocolVersion.V311, MqttPacketType.SubAck, "9005000A018080")]
    [InlineData(MqttProtocolVersion.V5, MqttPacketType.UnsubAck, "B006000A00018097")]
    [InlineData(MqttProtocolVersion.V311, MqttPacketType.UnsubAck, "B002000A")]
    public void Write_SubAck_IsAsTheVersionHasIt(MqttProtocolVersion version, MqttPacketType type, string expected)
    {
        var output = new ArrayBufferWriter<byte>();

        new SubAckPacket { PacketId = 10, Codes = [0x01, 0x80, 0x97] }.Write(output, version, type);

        Assert.Equal(expected, Convert.ToHexString(output.WrittenSpan));
    }
}
