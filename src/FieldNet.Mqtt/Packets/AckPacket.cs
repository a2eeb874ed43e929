using System.Buffers;

namespace FieldNet.Mqtt.Packets;

/// <summary>PUBACK, and by the same layout PUBREC, PUBREL and PUBCOMP.</summary>
/// <remarks>Source: MQTT 5.0 sections 3.4 to 3.7; in 3.1.1 only the packet identifier.</remarks>
public readonly record struct AckPacket(ushort PacketId, MqttReasonCode Reason)
{
    /// <returns><see cref="MqttReasonCode.Success"/>, or why the packet is refused.</returns>
    public static MqttReasonCode Read(ReadOnlySpan<byte> body, MqttProtocolVersion version, out AckPacket packet)
    {
        packet = default;
        var reader = new MqttPacketReader(body);
        if (!reader.TryReadUInt16(out var packetId) || packetId == 0)
        {
            return MqttReasonCode.MalformedPacket;
        }

        packet = new AckPacket(packetId, MqttReasonCode.Success);
        if (reader.AtEnd)
        {
            return MqttReasonCode.Success;
        }

        if (version != MqttProtocolVersion.V5 || !reader.TryReadByte(out var reason))
        {
            return MqttReasonCode.MalformedPacket;
        }

        packet = new AckPacket(packetId, (MqttReasonCode)reason);
        if (reader.AtEnd)
        {
            return MqttReasonCode.Success;
        }

        return reader.TryReadProperties(version, out var properties) && reader.AtEnd
            ? MqttPropertyRules.Check(properties, MqttPropertyRules.Acknowledgement)
            : MqttReasonCode.MalformedPacket;
    }

    /// <summary>Encodes in the shortest form: success needs no reason code.</summary>
    public void Write(IBufferWriter<byte> output, MqttProtocolVersion version, MqttPacketType type = MqttPacketType.PubAck)
    {
        var hasReason = version == MqttProtocolVersion.V5 && Reason != MqttReasonCode.Success;
        var writer = new MqttPacketWriter(output, MqttFixedHeader.Of(type), hasReason ? 3 : 2);
        writer.WriteUInt16(PacketId);
        if (hasReason)
        {
            writer.WriteByte((byte)Reason);
        }

        writer.Complete();
    }
}
