using FieldNet.Mqtt.Packets;

namespace FieldNet.Mqtt.Tests.Packets;

/// <summary>What MQTT demands of PUBACK to PUBCOMP, DISCONNECT and AUTH, by the identifiers of MQTT 5.0 that their tests begin with.</summary>
public sealed class AckRuleTests
{
    private const string OfPubAck = "00 10 80 83 87 90 91 97 99";
    private const string OfPubRel = "00 92";
    private const string OfDisconnect = "00 04 80 81 82 83 87 89 8B 8C 8D 8E 8F 90 93 94 95 96 97 98 99 9A 9B 9C 9D 9E 9F A0 A1 A2";

    [Theory]
    [InlineData(0x40, OfPubAck, "MQTT-3.4.2-1")]
    [InlineData(0x50, OfPubAck, "MQTT-3.5.2-1")]
    [InlineData(0x62, OfPubRel, "MQTT-3.6.2-1")]
    [InlineData(0x70, OfPubRel, "MQTT-3.7.2-1")]
    public void MQTT_3_4_2_1_And_3_5_2_1_And_3_6_2_1_And_3_7_2_1_Read_ReasonCode_IsOneOfTheTable(byte header, string table, string rule) =>
        EachReason(header, "0001", table, rule);

    [Fact]
    public void MQTT_3_14_2_1_Read_DisconnectReasonCode_IsOneOfTheTable() => EachReason(0xE0, "", OfDisconnect, "MQTT-3.14.2-1");

    [Fact]
    public void MQTT_3_15_2_1_Read_AuthReasonCode_IsOneOfTheTable() =>
        EachReason(0xF0, "", "00 18 19", "MQTT-3.15.2-1", Wire.Block("15000161"));

    [Theory]
    [InlineData(0x40)]
    [InlineData(0x50)]
    [InlineData(0x62)]
    [InlineData(0x70)]
    public void Read_PacketIdentifierZero_IsAProtocolError(byte header)
    {
        Assert.Equal(MqttReasonCode.ProtocolError, Wire.Judge(header, "0000"));
        Assert.Equal(MqttReasonCode.ProtocolError, Wire.Judge(header, "0000", MqttProtocolVersion.V311));
        Assert.Equal(MqttReasonCode.MalformedPacket, Wire.Judge(header, "000100", MqttProtocolVersion.V311));
    }

    [Theory]
    [InlineData("1F000161", MqttReasonCode.Success)]
    [InlineData("1F000161" + "26000161000162", MqttReasonCode.Success)]
    [InlineData("1F000161" + "1F000161", MqttReasonCode.ProtocolError)]
    [InlineData("1F", MqttReasonCode.MalformedPacket)]
    [InlineData("1100000001", MqttReasonCode.MalformedPacket)]
    public void Read_PropertiesOfEachAcknowledgement_AreReasonStringAndUserProperties(string properties, MqttReasonCode expected)
    {
        foreach (var header in new byte[] { 0x40, 0x50, 0x62, 0x70 })
        {
            Assert.Equal(expected, Wire.Judge(header, "0001" + "00" + Wire.Block(properties)));
        }
    }

    [Theory]
    [InlineData(MqttPacketType.PubRec, "50020007")]
    [InlineData(MqttPacketType.PubRel, "62020007")]
    [InlineData(MqttPacketType.PubComp, "70020007")]
    public void Write_AckOfEachType_IsShortestForm(MqttPacketType type, string expected) =>
        Assert.Equal(expected, Wire.Written(o => new AckPacket(7, MqttReasonCode.Success).Write(o, MqttProtocolVersion.V5, type)));

    [Fact]
    public void Write_AckWithReasonString_IsReadAgain()
    {
        var written = Wire.Written(o =>
            new AckPacket(7, MqttReasonCode.QuotaExceeded).Write(o, MqttProtocolVersion.V5, MqttPacketType.PubRec, [31, 0, 1, 97]));

        Assert.Equal("50080007" + "97" + "04" + "1F000161", written);
        Assert.Equal(
            MqttReasonCode.Success,
            AckPacket.Read(Convert.FromHexString(written).AsSpan(2), MqttProtocolVersion.V5, MqttPacketType.PubRec, out var packet, out var properties));
        Assert.Equal(new AckPacket(7, MqttReasonCode.QuotaExceeded), packet);
        Assert.Equal(new byte[] { 31, 0, 1, 97 }, properties.ToArray());
    }

    [Theory]
    [InlineData(true, MqttReasonCode.Success)]
    [InlineData(false, MqttReasonCode.ProtocolError)]
    public void MQTT_3_14_2_2_Read_SessionExpiryInDisconnect_NotFromTheServer(bool fromClient, MqttReasonCode expected) =>
        Assert.Equal(expected, Wire.Judge(0xE0, "00" + Wire.Block("110000003C"), fromClient: fromClient));

    [Fact]
    public void Write_DisconnectWithReasonStringAndReference_IsReadAgain()
    {
        var properties = new MqttPropertyWriter(new byte[32]);
        properties.Utf8(MqttPropertyId.ReasonString, "why"u8);
        properties.Utf8(MqttPropertyId.ServerReference, "b"u8);
        var block = properties.Block.ToArray();

        var written = Wire.Written(o => new DisconnectPacket(MqttReasonCode.UseAnotherServer).Write(o, MqttProtocolVersion.V5, block));

        Assert.Equal(
            MqttReasonCode.Success,
            DisconnectPacket.Read(
                Convert.FromHexString(written).AsSpan(2), MqttProtocolVersion.V5, MqttPropertyRules.DisconnectToClient, out var packet, out var read));
        Assert.Equal((MqttReasonCode.UseAnotherServer, null), (packet.Reason, packet.SessionExpirySeconds));
        Assert.Equal(block, read);
    }

    [Theory]
    [InlineData("", MqttReasonCode.Success, "the shortest form")]
    [InlineData("1800", MqttReasonCode.ProtocolError, "3.15.2.2.2: no method")]
    [InlineData("18" + "06" + "15000161" + "1500", MqttReasonCode.MalformedPacket, "a property cut short")]
    [InlineData("18" + "08" + "15000161" + "16000164", MqttReasonCode.Success, "method and data")]
    public void Read_Auth_IsJudged(string hex, MqttReasonCode expected, string rule) => Assert.True(expected == Wire.Judge(0xF0, hex), rule);

    [Fact]
    public void Read_AuthBeforeVersion5_IsMalformed() =>
        Assert.Equal(MqttReasonCode.MalformedPacket, Wire.Judge(0xF0, "", MqttProtocolVersion.V311));

    [Fact]
    public void Write_Auth_IsReadAgain()
    {
        var written = Wire.Written(o => new AuthPacket(MqttReasonCode.ContinueAuthentication).Write(o, [21, 0, 1, 97]));

        Assert.Equal("F006" + "18" + "04" + "15000161", written);
        Assert.Equal(MqttReasonCode.Success, AuthPacket.Read(Convert.FromHexString(written).AsSpan(2), out var packet, out _));
        Assert.Equal(MqttReasonCode.ContinueAuthentication, packet.Reason);
    }

    private static void EachReason(byte header, string before, string table, string rule, string behind = "")
    {
        for (var reason = 0; reason < 256; reason++)
        {
            var expected = table.Split(' ').Contains($"{reason:X2}") ? MqttReasonCode.Success : MqttReasonCode.ProtocolError;

            Assert.True(expected == Wire.Judge(header, $"{before}{reason:X2}{behind}"), $"{rule}: {reason:X2}");
        }
    }
}
