using System.Buffers;
using FieldNet.Mqtt.Packets;
using FsCheck;
using FsCheck.Fluent;

namespace FieldNet.Mqtt.Tests.Packets;

/// <summary>MQTT 5.0 and 3.1.1 section 3.3.</summary>
public sealed class PublishPacketTests
{
    [Fact]
    public void Read_ExampleOfTheStandard_IsRead()
    {
        // 3.3.2, figure 3-9: topic "a/b", packet identifier 10.
        var body = Convert.FromHexString("0003612F62" + "000A" + "00" + "70");

        Assert.Equal(MqttReasonCode.Success, Read(0x32, body, MqttProtocolVersion.V5, out var packet));

        Assert.Equal((1, false, false, 10), (packet.Qos, packet.Retain, packet.Duplicate, packet.PacketId));
        Assert.Equal("a/b"u8, packet.Topic);
        Assert.Equal("p"u8, packet.Payload);
    }

    [Theory]
    [InlineData(0x30, "0003612F2B" + "00", MqttReasonCode.TopicNameInvalid, "MQTT-3.3.2-2: wildcard")]
    [InlineData(0x30, "000123" + "00", MqttReasonCode.TopicNameInvalid, "MQTT-3.3.2-2: wildcard")]
    [InlineData(0x30, "0000" + "00", MqttReasonCode.ProtocolError, "3.3.2.1: no name and no alias")]
    [InlineData(0x32, "000161" + "0000" + "00", MqttReasonCode.ProtocolError, "MQTT-2.2.1-3: packet identifier 0")]
    [InlineData(0x32, "000161" + "00", MqttReasonCode.MalformedPacket, "no packet identifier")]
    [InlineData(0x30, "0002C0AF" + "00", MqttReasonCode.MalformedPacket, "MQTT-3.3.2-1: not UTF-8")]
    [InlineData(0x30, "000161" + "020B01", MqttReasonCode.ProtocolError, "MQTT-3.3.4-6: subscription identifier from a client")]
    [InlineData(0x30, "000161" + "020102", MqttReasonCode.ProtocolError, "3.3.2.3.2: payload format 2")]
    [InlineData(0x30, "000161" + "0401010101", MqttReasonCode.ProtocolError, "2.2.2: property twice")]
    [InlineData(0x30, "000161" + "0408000123", MqttReasonCode.ProtocolError, "MQTT-3.3.2-14: wildcard in the response topic")]
    [InlineData(0x30, "000161" + "05", MqttReasonCode.MalformedPacket, "properties longer than the packet")]
    [InlineData(0x30, "000161" + "0163", MqttReasonCode.MalformedPacket, "unknown property")]
    public void Read_AgainstTheRules_SaysWhy(byte header, string hex, MqttReasonCode expected, string rule) =>
        Assert.True(expected == Read(header, Convert.FromHexString(hex), MqttProtocolVersion.V5, out _), rule);

    [Fact]
    public void Read_EmptyTopicBeforeVersion5_IsInvalid() =>
        Assert.Equal(MqttReasonCode.TopicNameInvalid, Read(0x30, [0, 0], MqttProtocolVersion.V311, out _));

    [Fact]
    public void WriteThenRead_AnyMessage_IsTheSame()
    {
        var messages =
            from qos in Gen.Choose(0, 2)
            from flags in Gen.Choose(0, 3)
            from id in Gen.Choose(1, ushort.MaxValue)
            from topicLength in Gen.Choose(1, 300)
            from payload in Gen.ArrayOf(Gen.Choose(0, 255).Select(i => (byte)i))
            from version in Gen.Elements(MqttProtocolVersion.V31, MqttProtocolVersion.V311, MqttProtocolVersion.V5)
            select (Qos: (byte)qos, Retain: (flags & 1) != 0, Duplicate: (flags & 2) != 0 && qos > 0, Id: (ushort)id, Topic: new string('é', topicLength), payload, version);

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(messages.ToArbitrary(), m =>
        {
            var topic = System.Text.Encoding.UTF8.GetBytes(m.Topic);
            byte[] properties = m.version == MqttProtocolVersion.V5 ? [1, 1, 38, 0, 1, 97, 0, 1, 98] : [];
            var output = new ArrayBufferWriter<byte>();
            var packet = new PublishPacket
            {
                Qos = m.Qos,
                Retain = m.Retain,
                Duplicate = m.Duplicate,
                PacketId = m.Id,
                Topic = topic,
                Properties = properties,
                Payload = m.payload,
            };
            packet.Write(output, m.version);
            var buffer = new ReadOnlySequence<byte>(output.WrittenMemory);
            var framed = MqttFramer.TryReadFrame(ref buffer, 1 << 20, out var header, out var body);
            var reason = Read(header, body.ToArray(), m.version, out var read);
            return framed == FrameStatus.Complete && reason == MqttReasonCode.Success
                && packet.PacketBytes(m.version) == output.WrittenCount
                && MqttFixedHeader.IsValid(header, m.version)
                && (read.Qos, read.Retain, read.Duplicate) == (m.Qos, m.Retain, m.Duplicate)
                && read.PacketId == (m.Qos > 0 ? m.Id : 0)
                && read.Topic.SequenceEqual(topic)
                && read.Properties.SequenceEqual(properties)
                && read.Payload.SequenceEqual(m.payload);
        }));
    }

    private static MqttReasonCode Read(byte header, ReadOnlySpan<byte> body, MqttProtocolVersion version, out PublishPacket packet) =>
        PublishPacket.Read(header, body, version, MqttPropertyRules.PublishToServer, out packet);
}
