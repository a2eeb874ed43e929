using System.Buffers;
using FieldNet.Mqtt.Packets;

namespace FieldNet.Mqtt.Tests.Packets;

/// <summary>MQTT 5.0 and 3.1.1 sections 3.2, 3.4 and 3.14.</summary>
public sealed class AckAndDisconnectTests
{
    [Theory]
    [InlineData("0102", MqttProtocolVersion.V311, MqttReasonCode.Success)]
    [InlineData("0102", MqttProtocolVersion.V5, MqttReasonCode.Success)]
    [InlineData("010297", MqttProtocolVersion.V5, MqttReasonCode.QuotaExceeded)]
    [InlineData("01029700", MqttProtocolVersion.V5, MqttReasonCode.QuotaExceeded)]
    [InlineData("010210041F000161", MqttProtocolVersion.V5, MqttReasonCode.NoMatchingSubscribers)]
    public void Read_PubAck_EachLengthAllowed(string hex, MqttProtocolVersion version, MqttReasonCode reason)
    {
        Assert.Equal(MqttReasonCode.Success, AckPacket.Read(Convert.FromHexString(hex), version, out var packet));
        Assert.Equal(new AckPacket(0x0102, reason), packet);
    }

    [Theory]
    [InlineData("01", MqttProtocolVersion.V5)]
    [InlineData("010200", MqttProtocolVersion.V311)]
    [InlineData("0102000099", MqttProtocolVersion.V5)]
    public void Read_PubAckAgainstTheRules_IsMalformed(string hex, MqttProtocolVersion version) =>
        Assert.Equal(MqttReasonCode.MalformedPacket, AckPacket.Read(Convert.FromHexString(hex), version, out _));

    [Theory]
    [InlineData(MqttReasonCode.Success, MqttProtocolVersion.V5, "40020102")]
    [InlineData(MqttReasonCode.NotAuthorized, MqttProtocolVersion.V5, "4003010287")]
    [InlineData(MqttReasonCode.NotAuthorized, MqttProtocolVersion.V311, "40020102")]
    public void Write_PubAck_IsShortestForm(MqttReasonCode reason, MqttProtocolVersion version, string expected)
    {
        var output = new ArrayBufferWriter<byte>();

        new AckPacket(0x0102, reason).Write(output, version);

        Assert.Equal(expected, Convert.ToHexString(output.WrittenSpan));
    }

    [Fact]
    public void Read_DisconnectWithSessionExpiry_IsRead()
    {
        Assert.Equal(MqttReasonCode.Success, DisconnectPacket.Read([0x04, 5, 17, 0, 0, 0, 60], MqttProtocolVersion.V5, out var packet));
        Assert.Equal(new DisconnectPacket(MqttReasonCode.DisconnectWithWill, 60), packet);
    }

    [Fact]
    public void Read_DisconnectWithABodyBeforeVersion5_IsMalformed() =>
        Assert.Equal(MqttReasonCode.MalformedPacket, DisconnectPacket.Read([0], MqttProtocolVersion.V311, out _));

    [Theory]
    [InlineData(MqttReasonCode.Success, 0)]
    [InlineData(MqttReasonCode.UnsupportedProtocolVersion, 1)]
    [InlineData(MqttReasonCode.ClientIdentifierNotValid, 2)]
    [InlineData(MqttReasonCode.QuotaExceeded, 3)]
    [InlineData(MqttReasonCode.BadUserNameOrPassword, 4)]
    [InlineData(MqttReasonCode.NotAuthorized, 5)]
    public void Write_ConnAckBeforeVersion5_HasTheReturnCode(MqttReasonCode reason, byte code)
    {
        // 3.1.1, table 3.1.
        var output = new ArrayBufferWriter<byte>();

        new ConnAckPacket { Reason = reason }.Write(output, MqttProtocolVersion.V311);

        Assert.Equal([0x20, 2, 0, code], output.WrittenSpan.ToArray());
    }
}
