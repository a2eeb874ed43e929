using FieldNet.Mqtt.Packets;

namespace FieldNet.Mqtt.Tests.Packets;

/// <summary>What MQTT demands of SUBSCRIBE, UNSUBSCRIBE and their answers, by the identifiers of MQTT 5.0 that their tests begin with (3.1.1 where the name says so).</summary>
public sealed class SubscribeRuleTests
{
    private const string Filter = "000161";

    [Theory]
    [InlineData(0x82, "000000" + Filter + "00")]
    [InlineData(0xA2, "000000" + Filter)]
    public void MQTT_2_2_1_3_Read_PacketIdentifierZero_IsAProtocolError(byte header, string hex) =>
        Assert.Equal(MqttReasonCode.ProtocolError, Wire.Judge(header, hex));

    [Theory]
    [InlineData(0x82, "000100", MqttProtocolVersion.V5)]
    [InlineData(0x82, "0001", MqttProtocolVersion.V311)]
    public void MQTT_3_8_3_2_Read_SubscribeWithoutFilter_IsAProtocolError(byte header, string hex, MqttProtocolVersion version) =>
        Assert.Equal(MqttReasonCode.ProtocolError, Wire.Judge(header, hex, version));

    [Theory]
    [InlineData("$share/g/t", 0b100, MqttReasonCode.ProtocolError)]
    [InlineData("$share/g/t", 0b010, MqttReasonCode.Success)]
    [InlineData("share/g/t", 0b100, MqttReasonCode.Success)]
    public void MQTT_3_8_3_4_Read_NoLocalOnASharedSubscription_IsAProtocolError(string filter, int options, MqttReasonCode expected) =>
        Assert.Equal(expected, Wire.Judge(0x82, "000100" + Wire.Text(filter) + $"{options:X2}"));

    [Fact]
    public void MQTT_3_8_3_5_Read_Options_EachByteAsTheStandardSays()
    {
        for (var options = 0; options < 256; options++)
        {
            var expected = options >= 0x40 ? MqttReasonCode.MalformedPacket
                : (options & 3) == 3 || options >> 4 == 3 ? MqttReasonCode.ProtocolError
                : MqttReasonCode.Success;

            Assert.True(expected == Wire.Judge(0x82, "000100" + Filter + $"{options:X2}"), $"{options:X2}");
        }
    }

    [Fact]
    public void MQTT311_3_8_3_4_Read_OptionsBeforeVersion5_AreAQosOf0To2()
    {
        for (var options = 0; options < 256; options++)
        {
            var expected = options <= 2 ? MqttReasonCode.Success : MqttReasonCode.MalformedPacket;

            Assert.True(expected == Wire.Judge(0x82, "0001" + Filter + $"{options:X2}", MqttProtocolVersion.V311), $"{options:X2}");
        }
    }

    [Theory]
    [InlineData("0B01", MqttReasonCode.Success)]
    [InlineData("0BFFFFFF7F", MqttReasonCode.Success)]
    [InlineData("0B00", MqttReasonCode.ProtocolError)]
    [InlineData("0B010B02", MqttReasonCode.ProtocolError)]
    [InlineData("1F000161", MqttReasonCode.MalformedPacket)]
    public void Read_SubscriptionIdentifier_IsOneNumberFrom1(string properties, MqttReasonCode expected) =>
        Assert.Equal(expected, Wire.Judge(0x82, "0001" + Wire.Block(properties) + Filter + "00"));

    [Theory]
    [InlineData("000100", MqttProtocolVersion.V5)]
    [InlineData("0001", MqttProtocolVersion.V311)]
    public void MQTT_3_10_3_2_Read_UnsubscribeWithoutFilter_IsAProtocolError(string hex, MqttProtocolVersion version) =>
        Assert.Equal(MqttReasonCode.ProtocolError, Wire.Judge(0xA2, hex, version));

    [Theory]
    [InlineData(0x90, "00010000018791", MqttProtocolVersion.V5, MqttReasonCode.Success)]
    [InlineData(0x90, "00010003", MqttProtocolVersion.V5, MqttReasonCode.ProtocolError)]
    [InlineData(0x90, "000100", MqttProtocolVersion.V5, MqttReasonCode.ProtocolError)]
    [InlineData(0x90, "000100010280", MqttProtocolVersion.V311, MqttReasonCode.Success)]
    [InlineData(0x90, "000187", MqttProtocolVersion.V311, MqttReasonCode.ProtocolError)]
    public void MQTT_3_9_3_2_Read_SubAckCode_IsOneOfTheTable(byte header, string hex, MqttProtocolVersion version, MqttReasonCode expected) =>
        Assert.Equal(expected, Wire.Judge(header, hex, version, fromClient: false));

    [Theory]
    [InlineData("0001000011", MqttProtocolVersion.V5, MqttReasonCode.Success)]
    [InlineData("00010001", MqttProtocolVersion.V5, MqttReasonCode.ProtocolError)]
    [InlineData("0001", MqttProtocolVersion.V311, MqttReasonCode.Success)]
    [InlineData("000100", MqttProtocolVersion.V311, MqttReasonCode.ProtocolError)]
    public void MQTT_3_11_3_2_Read_UnsubAckCode_IsOneOfTheTable(string hex, MqttProtocolVersion version, MqttReasonCode expected) =>
        Assert.Equal(expected, Wire.Judge(0xB0, hex, version, fromClient: false));

    [Fact]
    public void WriteThenRead_SeveralFilters_AreTheSame()
    {
        var written = Convert.FromHexString(Wire.Written(o => SubscribePacket.Write(
            o, MqttProtocolVersion.V5, 3, [("a/b"u8.ToArray(), SubscriptionOptions.Of(1)), ("c/#"u8.ToArray(), SubscriptionOptions.Of(2, true, true, 2))], [11, 9])));

        Assert.Equal(MqttReasonCode.Success, SubscribePacket.Read(written.AsSpan(2), MqttProtocolVersion.V5, out var packet));
        Assert.Equal((3, 2), (packet.PacketId, packet.Count));
        Assert.Equal(9u, MqttPropertyRules.NumberOr(packet.Properties, MqttPropertyId.SubscriptionIdentifier, 0));
        Assert.True(packet.TryReadNext(out _, out _) && packet.TryReadNext(out var second, out var options) && second.SequenceEqual("c/#"u8)
            && options is { Qos: 2, NoLocal: true, RetainAsPublished: true, RetainHandling: 2 });

        written = Convert.FromHexString(Wire.Written(o => UnsubscribePacket.Write(o, MqttProtocolVersion.V5, 4, ["a"u8.ToArray(), "b"u8.ToArray()])));
        Assert.Equal(MqttReasonCode.Success, UnsubscribePacket.Read(written.AsSpan(2), MqttProtocolVersion.V5, out var unsubscribe));
        Assert.Equal((4, 2), (unsubscribe.PacketId, unsubscribe.Count));
    }
}
