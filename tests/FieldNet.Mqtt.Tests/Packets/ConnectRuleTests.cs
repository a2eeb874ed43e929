using FieldNet.Mqtt.Packets;

namespace FieldNet.Mqtt.Tests.Packets;

/// <summary>What MQTT demands of CONNECT and CONNACK, by the identifiers of MQTT 5.0 that their tests begin with (3.1.1 where the name says so).</summary>
public sealed class ConnectRuleTests
{
    private static readonly string ClientId = Wire.Text("c");

    [Theory]
    [InlineData("MQTX", 5)]
    [InlineData("mqtt", 4)]
    [InlineData("MQIsdp", 4)]
    [InlineData("MQTT", 3)]
    [InlineData("", 5)]
    public void MQTT_3_1_2_1_Read_OtherProtocolName_IsUnsupported(string name, int level) =>
        Assert.Equal(MqttReasonCode.UnsupportedProtocolVersion, Wire.Judge(0x10, Wire.Text(name) + $"{level:X2}02003C00" + ClientId));

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(6)]
    [InlineData(0x84)]
    public void MQTT_3_1_2_2_Read_OtherProtocolLevel_IsUnsupported(int level) =>
        Assert.Equal(MqttReasonCode.UnsupportedProtocolVersion, Wire.Judge(0x10, Wire.Text("MQTT") + $"{level:X2}02003C00" + ClientId));

    [Theory]
    [InlineData(MqttProtocolVersion.V5, MqttReasonCode.MalformedPacket)]
    [InlineData(MqttProtocolVersion.V311, MqttReasonCode.MalformedPacket)]
    [InlineData(MqttProtocolVersion.V31, MqttReasonCode.Success)]
    public void MQTT_3_1_2_3_Read_ReservedFlag_IsMalformedSince311(MqttProtocolVersion version, MqttReasonCode expected) =>
        Assert.Equal(expected, Wire.Judge(0x10, Wire.Connect(0x03, ClientId, version)));

    [Fact]
    public void MQTT_3_1_2_9_Read_WillFlagWithoutWill_IsMalformed()
    {
        Assert.Equal(MqttReasonCode.MalformedPacket, Wire.Judge(0x10, Wire.Connect(0x06, ClientId)));
        Assert.Equal(MqttReasonCode.MalformedPacket, Wire.Judge(0x10, Wire.Connect(0x06, ClientId + "00" + Wire.Text("t"))));
        Assert.Equal(MqttReasonCode.Success, Wire.Judge(0x10, Wire.Connect(0x06, ClientId + "00" + Wire.Text("t") + "0000")));
    }

    [Fact]
    public void MQTT_3_1_2_11_Read_WillQosWithoutWillFlag_IsMalformed() =>
        Assert.Equal(MqttReasonCode.MalformedPacket, Wire.Judge(0x10, Wire.Connect(0x0A, ClientId)));

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public void MQTT_3_1_2_12_Read_WillQos_IsAtMost2(int qos, bool isRead)
    {
        var body = Wire.Connect((byte)(0x06 | (qos << 3)), ClientId + "00" + Wire.Text("t") + "0000");

        Assert.Equal(isRead ? MqttReasonCode.Success : MqttReasonCode.MalformedPacket, Wire.Judge(0x10, body));
    }

    [Theory]
    [InlineData(MqttProtocolVersion.V5)]
    [InlineData(MqttProtocolVersion.V311)]
    public void MQTT_3_1_2_13_And_MQTT311_3_1_2_15_Read_WillRetainWithoutWillFlag_IsMalformed(MqttProtocolVersion version) =>
        Assert.Equal(MqttReasonCode.MalformedPacket, Wire.Judge(0x10, Wire.Connect(0x22, ClientId, version)));

    [Fact]
    public void MQTT_3_1_2_16_Read_UserNameWithoutItsFlag_IsMalformed() =>
        Assert.Equal(MqttReasonCode.MalformedPacket, Wire.Judge(0x10, Wire.Connect(0x02, ClientId + Wire.Text("u"))));

    [Fact]
    public void MQTT_3_1_2_17_Read_UserNameFlagWithoutUserName_IsMalformed() =>
        Assert.Equal(MqttReasonCode.MalformedPacket, Wire.Judge(0x10, Wire.Connect(0x82, ClientId)));

    [Fact]
    public void MQTT_3_1_2_18_Read_PasswordWithoutItsFlag_IsMalformed() =>
        Assert.Equal(MqttReasonCode.MalformedPacket, Wire.Judge(0x10, Wire.Connect(0x82, ClientId + Wire.Text("u") + Wire.Text("p"))));

    [Fact]
    public void MQTT_3_1_2_19_Read_PasswordFlagWithoutPassword_IsMalformed() =>
        Assert.Equal(MqttReasonCode.MalformedPacket, Wire.Judge(0x10, Wire.Connect(0xC2, ClientId + Wire.Text("u"))));

    [Theory]
    [InlineData(MqttProtocolVersion.V5, MqttReasonCode.Success)]
    [InlineData(MqttProtocolVersion.V311, MqttReasonCode.MalformedPacket)]
    [InlineData(MqttProtocolVersion.V31, MqttReasonCode.MalformedPacket)]
    public void MQTT311_3_1_2_22_Read_PasswordWithoutUserName_OnlyInVersion5(MqttProtocolVersion version, MqttReasonCode expected) =>
        Assert.Equal(expected, Wire.Judge(0x10, Wire.Connect(0x42, ClientId + Wire.Text("p"), version)));

    [Fact]
    public void Read_Version31FlagsWithoutNameAndPassword_AreLetPass()
    {
        // 3.1, section 3.1: the remaining length takes precedence over the flags.
        Assert.Equal(MqttReasonCode.Success, ConnectPacket.Read(Bytes(Wire.Connect(0xC2, ClientId, MqttProtocolVersion.V31)), out var neither));
        Assert.Equal((false, false), (neither.HasUserName, neither.HasPassword));
        Assert.Equal(
            MqttReasonCode.Success, ConnectPacket.Read(Bytes(Wire.Connect(0xC2, ClientId + Wire.Text("u"), MqttProtocolVersion.V31)), out var name));
        Assert.Equal((true, false), (name.HasUserName, name.HasPassword));
    }

    [Fact]
    public void MQTT_3_1_3_1_Read_PayloadFields_AreInTheOrderOfTheStandard()
    {
        var body = Bytes(Wire.Connect(0xC6, ClientId + "00" + Wire.Text("will") + Wire.Text("gone") + Wire.Text("user") + Wire.Text("word")));

        Assert.Equal(MqttReasonCode.Success, ConnectPacket.Read(body, out var packet));

        Assert.Equal("c"u8, packet.ClientId);
        Assert.Equal("will"u8, packet.WillTopic);
        Assert.Equal("gone"u8, packet.WillPayload);
        Assert.Equal("user"u8, packet.UserName);
        Assert.Equal("word"u8, packet.Password);
    }

    [Fact]
    public void MQTT_3_1_3_3_Read_WithoutClientId_IsMalformed() =>
        Assert.Equal(MqttReasonCode.MalformedPacket, Wire.Judge(0x10, Wire.Connect(0x02, "")));

    [Theory]
    [InlineData("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", MqttProtocolVersion.V5)]
    [InlineData("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", MqttProtocolVersion.V31)]
    [InlineData("a", MqttProtocolVersion.V311)]
    [InlineData("", MqttProtocolVersion.V311)]
    public void MQTT_3_1_3_5_And_3_1_3_6_Read_ClientIdOfAnyLength_IsRead(string clientId, MqttProtocolVersion version) =>
        Assert.Equal(MqttReasonCode.Success, Wire.Judge(0x10, Wire.Connect(0x02, Wire.Text(clientId), version)));

    [Theory]
    [InlineData("2100", MqttReasonCode.MalformedPacket, "a property cut short")]
    [InlineData("210000", MqttReasonCode.ProtocolError, "3.1.2.11.3: Receive Maximum 0")]
    [InlineData("2700000000", MqttReasonCode.ProtocolError, "3.1.2.11.4: Maximum Packet Size 0")]
    [InlineData("1902", MqttReasonCode.ProtocolError, "3.1.2.11.6: Request Response Information 2")]
    [InlineData("1702", MqttReasonCode.ProtocolError, "3.1.2.11.7: Request Problem Information 2")]
    [InlineData("16000164", MqttReasonCode.ProtocolError, "3.1.2.11.10: authentication data without a method")]
    [InlineData("15000161" + "15000161", MqttReasonCode.ProtocolError, "3.1.2.11.9: two authentication methods")]
    [InlineData("22000A" + "22000A", MqttReasonCode.ProtocolError, "3.1.2.11.5: two topic alias maxima")]
    [InlineData("15000161" + "16000164", MqttReasonCode.Success, "3.1.2.11.9: method and data")]
    [InlineData("26000161000162" + "26000161000162", MqttReasonCode.Success, "3.1.2.11.8: a user property twice")]
    [InlineData("0101", MqttReasonCode.MalformedPacket, "2.2.2.2: payload format is not of CONNECT")]
    public void Read_Properties_AreJudged(string properties, MqttReasonCode expected, string rule) =>
        Assert.True(expected == Wire.Judge(0x10, Wire.Connect(0x02, ClientId, properties: properties)), rule);

    [Theory]
    [InlineData("1800000005", MqttReasonCode.Success, "3.1.3.2.2: Will delay")]
    [InlineData("0102", MqttReasonCode.ProtocolError, "3.1.3.2.3: payload format 2")]
    [InlineData("08000123", MqttReasonCode.ProtocolError, "3.1.3.2.6: wildcard in the response topic")]
    [InlineData("230001", MqttReasonCode.MalformedPacket, "a Will has no alias")]
    public void Read_WillProperties_AreJudged(string properties, MqttReasonCode expected, string rule)
    {
        var body = Wire.Connect(0x06, ClientId + Wire.Block(properties) + Wire.Text("t") + "0000");

        Assert.True(expected == Wire.Judge(0x10, body), rule);
    }

    [Fact]
    public void MQTT_3_2_2_1_Read_ConnAckReservedFlags_AreMalformed() =>
        Assert.Equal(MqttReasonCode.MalformedPacket, Wire.Judge(0x20, "020000", fromClient: false));

    [Fact]
    public void MQTT_3_2_2_6_Read_SessionPresentBesideARefusal_IsAProtocolError() =>
        Assert.Equal(MqttReasonCode.ProtocolError, Wire.Judge(0x20, "018700", fromClient: false));

    [Theory]
    [InlineData("0087" + "00", MqttProtocolVersion.V5, MqttReasonCode.Success)]
    [InlineData("0093" + "00", MqttProtocolVersion.V5, MqttReasonCode.ProtocolError)]
    [InlineData("0001" + "00", MqttProtocolVersion.V5, MqttReasonCode.ProtocolError)]
    [InlineData("0005", MqttProtocolVersion.V311, MqttReasonCode.Success)]
    [InlineData("0006", MqttProtocolVersion.V311, MqttReasonCode.ProtocolError)]
    public void MQTT_3_2_2_8_Read_ConnAckCode_IsOneOfTheTable(string hex, MqttProtocolVersion version, MqttReasonCode expected) =>
        Assert.Equal(expected, Wire.Judge(0x20, hex, version, fromClient: false));

    [Fact]
    public void WriteThenRead_ConnAckWithEachProperty_IsTheSame()
    {
        var properties = new MqttPropertyWriter(new byte[256]);
        properties.UInt32(MqttPropertyId.SessionExpiryInterval, 60);
        properties.UInt16(MqttPropertyId.ReceiveMaximum, 20);
        properties.Byte(MqttPropertyId.MaximumQos, 1);
        properties.Byte(MqttPropertyId.RetainAvailable, 1);
        properties.UInt32(MqttPropertyId.MaximumPacketSize, 1000);
        properties.Utf8(MqttPropertyId.AssignedClientIdentifier, "id"u8);
        properties.UInt16(MqttPropertyId.TopicAliasMaximum, 10);
        properties.Utf8(MqttPropertyId.ReasonString, "why"u8);
        properties.UserProperty("name"u8, "value"u8);
        properties.Byte(MqttPropertyId.WildcardSubscriptionAvailable, 1);
        properties.Byte(MqttPropertyId.SubscriptionIdentifierAvailable, 1);
        properties.Byte(MqttPropertyId.SharedSubscriptionAvailable, 1);
        properties.UInt16(MqttPropertyId.ServerKeepAlive, 30);
        properties.Utf8(MqttPropertyId.ResponseInformation, "reply"u8);
        properties.Utf8(MqttPropertyId.ServerReference, "other"u8);
        properties.Utf8(MqttPropertyId.AuthenticationMethod, "SCRAM"u8);
        properties.Utf8(MqttPropertyId.AuthenticationData, [0, 1]);
        var block = properties.Block.ToArray();

        var written = Bytes(Wire.Written(output => new ConnAckPacket { SessionPresent = true, Properties = block }.Write(output, MqttProtocolVersion.V5)));

        Assert.Equal(FrameStatus.Complete, MqttFramer.TryReadFrame(written, 1000, out _, out var body, out _));
        Assert.Equal(MqttReasonCode.Success, ConnAckPacket.Read(body, MqttProtocolVersion.V5, out var packet));
        Assert.Equal((true, MqttReasonCode.Success), (packet.SessionPresent, packet.Reason));
        Assert.Equal(block, packet.Properties);
        Assert.True(MqttPropertyRules.TryFind(packet.Properties, MqttPropertyId.UserProperty, out var pair));
        Assert.Equal("value"u8, pair.PairValue);
    }

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex);
}
