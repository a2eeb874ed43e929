using System.Buffers;

namespace FieldNet.Mqtt.Packets;

/// <summary>PUBACK, PUBREC, PUBREL and PUBCOMP: one layout, told apart by the packet type.</summary>
/// <remarks>Source: MQTT 5.0 sections 3.4 to 3.7; before, only the packet identifier.</remarks>
public readonly record struct AckPacket(ushort PacketId, MqttReasonCode Reason)
{
    /// <returns><see cref="MqttReasonCode.Success"/>, or why the packet is refused.</returns>
    public static MqttReasonCode Read(
        ReadOnlySpan<byte> body, MqttProtocolVersion version, out AckPacket packet, MqttPacketType type = MqttPacketType.PubAck) =>
        Read(body, version, type, out packet, out _);

    /// <param name="body">Everything behind the fixed header.</param>
    /// <param name="version">Of the connection.</param>
    /// <param name="type">Which of the four it is: each has its own reason codes.</param>
    /// <param name="packet">Complete only on success.</param>
    /// <param name="properties">Property block without its length: reason string and user properties.</param>
    /// <returns><see cref="MqttReasonCode.Success"/>, or why the packet is refused.</returns>
    public static MqttReasonCode Read(
        ReadOnlySpan<byte> body, MqttProtocolVersion version, MqttPacketType type, out AckPacket packet, out ReadOnlySpan<byte> properties)
    {
        packet = default;
        properties = default;
        var reader = new MqttPacketReader(body);
        if (!reader.TryReadUInt16(out var packetId))
        {
            return MqttReasonCode.MalformedPacket;
        }

        var fault = ReasonAndProperties.Read(reader.Rest, version, type, MqttPropertyRules.Acknowledgement, out var reason, out properties);
        packet = new AckPacket(packetId, reason);
        return fault == MqttReasonCode.Success && packetId == 0 ? MqttReasonCode.ProtocolError : fault;
    }

    /// <summary>Encodes in the shortest form: success without properties needs no reason code.</summary>
    public void Write(
        IBufferWriter<byte> output, MqttProtocolVersion version, MqttPacketType type = MqttPacketType.PubAck, ReadOnlySpan<byte> properties = default)
    {
        var writer = new MqttPacketWriter(
            output, MqttFixedHeader.Of(type), sizeof(ushort) + ReasonAndProperties.Bytes(version, Reason, properties));
        writer.WriteUInt16(PacketId);
        ReasonAndProperties.Write(ref writer, version, Reason, properties);
        writer.Complete();
    }
}
