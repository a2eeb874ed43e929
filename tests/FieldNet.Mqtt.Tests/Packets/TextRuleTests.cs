using System.Text;
using FieldNet.Mqtt.Packets;

namespace FieldNet.Mqtt.Tests.Packets;

/// <summary>What MQTT demands of strings, lengths, topic names and topic filters, by the identifiers of MQTT 5.0 that their tests begin with (and 3.1.1, where named).</summary>
public sealed class TextRuleTests
{
    /// <summary>Bytes that are no UTF-8, or a surrogate.</summary>
    public static TheoryData<string> IllFormed => new("EDA080", "EDBFBF", "C0AF", "C3", "80", "F4908080", "F8888080", "FF");

    [Theory]
    [MemberData(nameof(IllFormed))]
    public void MQTT_1_5_4_1_Read_IllFormedUtf8InEachString_IsMalformed(string hex)
    {
        var bad = Wire.Text(Convert.FromHexString(hex));

        // 3.1.3-4, 3.1.3-11, 3.1.3-12, 3.3.2-1, 3.3.2-13, 3.3.2-19, 3.8.3-1, 3.10.3-1, 3.14.2-3.
        Assert.Equal(MqttReasonCode.MalformedPacket, Wire.Judge(0x10, Wire.Connect(0x02, bad)));
        Assert.Equal(MqttReasonCode.MalformedPacket, Wire.Judge(0x10, Wire.Connect(0x06, Wire.Text("c") + "00" + bad + Wire.Text("m"))));
        Assert.Equal(MqttReasonCode.MalformedPacket, Wire.Judge(0x10, Wire.Connect(0x82, Wire.Text("c") + bad)));
        Assert.Equal(MqttReasonCode.MalformedPacket, Wire.Judge(0x30, bad + "00"));
        Assert.Equal(MqttReasonCode.MalformedPacket, Wire.Judge(0x30, Wire.Text("t") + Wire.Block("08" + bad)));
        Assert.Equal(MqttReasonCode.MalformedPacket, Wire.Judge(0x30, Wire.Text("t") + Wire.Block("03" + bad)));
        Assert.Equal(MqttReasonCode.MalformedPacket, Wire.Judge(0x82, "000100" + bad + "00"));
        Assert.Equal(MqttReasonCode.MalformedPacket, Wire.Judge(0xA2, "000100" + bad));
        Assert.Equal(MqttReasonCode.MalformedPacket, Wire.Judge(0xE0, "00" + Wire.Block("1F" + bad)));
    }

    [Theory]
    [InlineData(MqttProtocolVersion.V5)]
    [InlineData(MqttProtocolVersion.V311)]
    [InlineData(MqttProtocolVersion.V31)]
    public void MQTT_1_5_4_2_And_4_7_3_2_Read_NullCharacter_IsMalformed(MqttProtocolVersion version)
    {
        var properties = version == MqttProtocolVersion.V5 ? "00" : "";

        Assert.Equal(MqttReasonCode.MalformedPacket, Wire.Judge(0x30, Wire.Text("a\0b") + properties, version));
        Assert.Equal(MqttReasonCode.MalformedPacket, Wire.Judge(0x82, "0001" + properties + Wire.Text("a\0b") + "00", version));
    }

    [Theory]
    [InlineData("\u0001", false)]
    [InlineData("\u001F", false)]
    [InlineData("\u007F", false)]
    [InlineData("\u009F", false)]
    [InlineData("\uFFFF", false)]
    [InlineData("\uFDD0", false)]
    [InlineData("\U0001FFFE", false)]
    [InlineData(" ~", true)]
    [InlineData("\u00A0é€", true)]
    [InlineData("A\U0002A6D4", true)]
    [InlineData("\uFFFD", true)]
    public void IsValid_WhatTheStandardLetsAReceiverRefuse_IsRefused(string text, bool expected) =>
        Assert.Equal(expected, MqttUtf8.IsValid(Encoding.UTF8.GetBytes("ab" + text + "c")));

    [Fact]
    public void MQTT_1_5_4_3_Read_ByteOrderMark_IsKept()
    {
        Assert.Equal(
            MqttReasonCode.Success,
            PublishPacket.Read(0x30, Convert.FromHexString(Wire.Text("\uFEFFa") + "00"), MqttProtocolVersion.V5, MqttPropertyRules.PublishToServer, out var packet));
        Assert.Equal("\uFEFFa"u8, packet.Topic);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(127, 1)]
    [InlineData(128, 2)]
    [InlineData(16_384, 3)]
    [InlineData(2_097_152, 4)]
    public void MQTT_1_5_5_1_Write_VariableByteInteger_TakesTheFewestBytes(int value, int bytes) =>
        Assert.Equal(bytes, MqttVarint.Write(new byte[4], value));

    [Fact]
    public void MQTT_1_5_7_1_Read_UserPropertyWithABadHalf_IsMalformed()
    {
        Assert.Equal(MqttReasonCode.MalformedPacket, Wire.Judge(0x30, Wire.Text("t") + Wire.Block("26" + Wire.Text("n") + "0001FF")));
        Assert.Equal(MqttReasonCode.MalformedPacket, Wire.Judge(0x30, Wire.Text("t") + Wire.Block("26" + "0001FF" + Wire.Text("v"))));
        Assert.Equal(MqttReasonCode.MalformedPacket, Wire.Judge(0x30, Wire.Text("t") + Wire.Block("26" + Wire.Text("n"))));
    }

    [Theory]
    [InlineData(0x11)]
    [InlineData(0x22)]
    [InlineData(0x41)]
    [InlineData(0x54)]
    [InlineData(0x60)]
    [InlineData(0x72)]
    [InlineData(0x80)]
    [InlineData(0x8A)]
    [InlineData(0x92)]
    [InlineData(0xA0)]
    [InlineData(0xB8)]
    [InlineData(0xC1)]
    [InlineData(0xD4)]
    [InlineData(0xE1)]
    [InlineData(0xF8)]
    public void MQTT_2_1_3_1_And_3_6_1_1_And_3_8_1_1_And_3_10_1_1_And_3_14_1_1_And_3_15_1_1_IsValid_ReservedFlagSet_IsFalse(byte header)
    {
        Assert.False(MqttFixedHeader.IsValid(header, MqttProtocolVersion.V5));
        Assert.False(MqttFixedHeader.IsValid(header, MqttProtocolVersion.V311));
    }

    [Theory]
    [InlineData("a/#", true)]
    [InlineData("#", true)]
    [InlineData("a/#/b", false)]
    [InlineData("a#", false)]
    public void MQTT_4_7_1_1_IsValidFilter_MultiLevelWildcard_IsLastAndAlone(string filter, bool expected) =>
        Assert.Equal(expected, MqttTopic.IsValidFilter(Encoding.UTF8.GetBytes(filter), 8));

    [Theory]
    [InlineData("+", true)]
    [InlineData("a/+/b", true)]
    [InlineData("+/#", true)]
    [InlineData("a+", false)]
    [InlineData("+a/b", false)]
    [InlineData("++", false)]
    public void MQTT_4_7_1_2_IsValidFilter_SingleLevelWildcard_FillsItsLevel(string filter, bool expected) =>
        Assert.Equal(expected, MqttTopic.IsValidFilter(Encoding.UTF8.GetBytes(filter), 8));

    [Theory]
    [InlineData("#")]
    [InlineData("+/a")]
    [InlineData("+/#")]
    public void MQTT_4_7_2_1_Matches_LeadingWildcardOnDollarTopic_IsFalse(string filter) =>
        Assert.False(MqttTopic.Matches(Encoding.UTF8.GetBytes(filter), "$SYS/a"u8));

    [Fact]
    public void MQTT_4_7_3_1_IsValid_EmptyNameOrFilter_IsFalse()
    {
        Assert.False(MqttTopic.IsValidName(""u8));
        Assert.False(MqttTopic.IsValidFilter(""u8, 8));
    }

    [Fact]
    public void MQTT_4_7_3_3_Read_TopicOf65535Bytes_IsRead()
    {
        var topic = new byte[ushort.MaxValue];
        topic.AsSpan().Fill((byte)'t');

        Assert.Equal(MqttReasonCode.Success, Wire.Judge(0x30, Wire.Text(topic) + "00"));
        Assert.Throws<OverflowException>(() => Wire.Written(output =>
            new PublishPacket { Topic = new byte[ushort.MaxValue + 1] }.Write(output, MqttProtocolVersion.V5)));
    }

    [Fact]
    public void MQTT_4_7_3_4_Matches_SameCharacterComposedOtherwise_IsFalse() =>
        Assert.False(MqttTopic.Matches("caf\u00E9"u8, "cafe\u0301"u8));

    [Theory]
    [InlineData("$share/group/a/+", "group", "a/+")]
    [InlineData("$share/g//", "g", "/")]
    [InlineData("$share//a", null, null)]
    [InlineData("$share/g", null, null)]
    [InlineData("$share/g/", null, null)]
    [InlineData("$share/g+/a", null, null)]
    [InlineData("$share/#/a", null, null)]
    [InlineData("share/g/a", null, null)]
    public void MQTT_4_8_2_1_And_4_8_2_2_TrySplitShared_Filters_AreTakenApartOrRefused(string shared, string? name, string? filter)
    {
        var isShared = MqttTopic.TrySplitShared(Encoding.UTF8.GetBytes(shared), out var foundName, out var foundFilter);

        Assert.Equal(name is not null, isShared);
        if (isShared)
        {
            Assert.Equal((name, filter), (Encoding.UTF8.GetString(foundName), Encoding.UTF8.GetString(foundFilter)));
        }
    }
}
