using System.Buffers;

namespace FieldNet.Mqtt.Packets;

/// <summary>SUBACK and UNSUBACK: a reason code for each filter (in 3.1.1 UNSUBACK has none).</summary>
/// <remarks>Lifetime: the span aliases the packet's body. Source: MQTT 5.0 and 3.1.1 sections 3.9 and 3.11.</remarks>
public readonly ref struct SubAckPacket
{
    public ushort PacketId { get; init; }

    public ReadOnlySpan<byte> Codes { get; init; }

    /// <returns><see cref="MqttReasonCode.Success"/>, or why the packet is refused.</returns>
    public static MqttReasonCode Read(ReadOnlySpan<byte> body, MqttProtocolVersion version, out SubAckPacket packet)
    {
        packet = default;
        var reader = new MqttPacketReader(body);
        if (!reader.TryReadUInt16(out var packetId) || packetId == 0 || !reader.TryReadProperties(version, out var properties))
        {
            return MqttReasonCode.MalformedPacket;
        }

        packet = new SubAckPacket { PacketId = packetId, Codes = reader.Rest };
        return MqttPropertyRules.Check(properties, MqttPropertyRules.Acknowledgement);
    }

    /// <param name="output">Where the packet goes.</param>
    /// <param name="version">Before MQTT 5, every refusal is 0x80 and UNSUBACK has no codes.</param>
    /// <param name="type"><see cref="MqttPacketType.SubAck"/> or <see cref="MqttPacketType.UnsubAck"/>.</param>
    public void Write(IBufferWriter<byte> output, MqttProtocolVersion version, MqttPacketType type)
    {
        var isV5 = version == MqttProtocolVersion.V5;
        var codes = isV5 || type == MqttPacketType.SubAck ? Codes : default;
        var writer = new MqttPacketWriter(output, MqttFixedHeader.Of(type), 2 + (isV5 ? 1 : 0) + codes.Length);
        writer.WriteUInt16(PacketId);
        if (isV5)
        {
            writer.WriteVarint(0);
        }

        foreach (var code in codes)
        {
            writer.WriteByte(isV5 ? code : Math.Min(code, (byte)MqttReasonCode.UnspecifiedError));
        }

        writer.Complete();
    }
}
