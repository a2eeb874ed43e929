using System.Buffers;
using FieldNet.Mqtt.Packets;

namespace FieldNet.Mqtt.Tests.Packets;

/// <summary>MQTT 5.0 and 3.1.1 section 3.1.</summary>
public sealed class ConnectPacketTests
{
    [Fact]
    public void Read_ExampleOfVersion5_IsRead()
    {
        // 3.1.2, figure 3-6, with a client identifier, a Will and a user name behind it.
        var body = Convert.FromHexString("00044D515454" + "05" + "CE" + "000A" + "05110000000A" + "000161" + "00" + "000177" + "000178" + "000175" + "000170");

        Assert.Equal(MqttReasonCode.Success, ConnectPacket.Read(body, out var packet));

        Assert.Equal((MqttProtocolVersion.V5, true, 10), (packet.Version, packet.CleanStart, packet.KeepAliveSeconds));
        Assert.Equal((true, 1, false), (packet.HasWill, packet.WillQos, packet.WillRetain));
        Assert.Equal("a"u8, packet.ClientId);
        Assert.Equal("w"u8, packet.WillTopic);
        Assert.Equal("x"u8, packet.WillPayload);
        Assert.Equal("u"u8, packet.UserName);
        Assert.Equal("p"u8, packet.Password);
        Assert.Equal(10u, MqttPropertyRules.NumberOr(packet.Properties, MqttPropertyId.SessionExpiryInterval, 0));
    }

    [Theory]
    [InlineData("00044D51545404020000" + "0000", MqttProtocolVersion.V311)]
    [InlineData("00064D514973647003020000" + "000161", MqttProtocolVersion.V31)]
    public void Read_OlderVersions_HaveNoProperties(string hex, MqttProtocolVersion version)
    {
        Assert.Equal(MqttReasonCode.Success, ConnectPacket.Read(Convert.FromHexString(hex), out var packet));
        Assert.Equal((version, true, false), (packet.Version, packet.CleanStart, packet.HasWill));
    }

    [Theory]
    [InlineData("00044D51545404030000" + "0000", MqttReasonCode.MalformedPacket, "MQTT-3.1.2-3: reserved flag")]
    [InlineData("00044D515454040A0000" + "0000", MqttReasonCode.MalformedPacket, "MQTT-3.1.2-11: Will QoS without a Will")]
    [InlineData("00044D51545404220000" + "0000", MqttReasonCode.MalformedPacket, "MQTT-3.1.2-13: Will retain without a Will")]
    [InlineData("00044D515454041E0000" + "0000" + "000177" + "0000", MqttReasonCode.MalformedPacket, "MQTT-3.1.2-12: Will QoS 3")]
    [InlineData("00044D51545404420000" + "0000" + "0000", MqttReasonCode.MalformedPacket, "3.1.1 MQTT-3.1.2-22: password without user name")]
    [InlineData("00044D51545404020000" + "000161" + "00", MqttReasonCode.MalformedPacket, "bytes behind the payload")]
    [InlineData("00044D51545404020000", MqttReasonCode.MalformedPacket, "MQTT-3.1.3-3: no client identifier")]
    [InlineData("00044D51545404060000" + "000161" + "00012B" + "0000", MqttReasonCode.TopicNameInvalid, "wildcard in the Will topic")]
    [InlineData("00044D51545406020000" + "0000", MqttReasonCode.UnsupportedProtocolVersion, "MQTT-3.1.2-2: level 6")]
    [InlineData("00044D51545802020000" + "0000", MqttReasonCode.UnsupportedProtocolVersion, "MQTT-3.1.2-1: protocol name")]
    [InlineData("00044D51545405020000" + "03210000" + "0000", MqttReasonCode.ProtocolError, "3.1.2.11.3: Receive Maximum 0")]
    [InlineData("00044D51545405020000" + "0A" + "1100000001" + "1100000001" + "0000", MqttReasonCode.ProtocolError, "3.1.2.11.2: twice")]
    [InlineData("00044D51545405020000" + "03230001" + "0000", MqttReasonCode.MalformedPacket, "2.2.2.2: topic alias is not of CONNECT")]
    [InlineData("00044D51545405020000" + "021100" + "0000", MqttReasonCode.MalformedPacket, "a property cut short")]
    public void Read_AgainstTheRules_SaysWhy(string hex, MqttReasonCode expected, string rule) =>
        Assert.True(expected == ConnectPacket.Read(Convert.FromHexString(hex), out _), rule);

    [Theory]
    [InlineData(MqttProtocolVersion.V5)]
    [InlineData(MqttProtocolVersion.V311)]
    [InlineData(MqttProtocolVersion.V31)]
    public void Write_ThenRead_IsTheSame(MqttProtocolVersion version)
    {
        var output = new ArrayBufferWriter<byte>();
        new ConnectPacket
        {
            Version = version,
            CleanStart = true,
            KeepAliveSeconds = 30,
            Properties = [33, 0, 9],
            ClientId = "client"u8,
            HasWill = true,
            WillQos = 1,
            WillRetain = true,
            WillProperties = [1, 1],
            WillTopic = "will/topic"u8,
            WillPayload = "gone"u8,
            HasUserName = true,
            UserName = "user"u8,
            HasPassword = true,
            Password = "secret"u8,
        }.Write(output);

        var buffer = new ReadOnlySequence<byte>(output.WrittenMemory);
        Assert.Equal(FrameStatus.Complete, MqttFramer.TryReadFrame(ref buffer, 1000, out var header, out var body));
        Assert.Equal(0x10, header);
        Assert.Equal(MqttReasonCode.Success, ConnectPacket.Read(body.FirstSpan, out var packet));
        Assert.Equal((version, true, 30), (packet.Version, packet.CleanStart, packet.KeepAliveSeconds));
        Assert.Equal((1, true), (packet.WillQos, packet.WillRetain));
        Assert.Equal("will/topic"u8, packet.WillTopic);
        Assert.Equal("gone"u8, packet.WillPayload);
        Assert.Equal("secret"u8, packet.Password);
        Assert.Equal(version == MqttProtocolVersion.V5 ? 3 : 0, packet.Properties.Length);
    }
}
