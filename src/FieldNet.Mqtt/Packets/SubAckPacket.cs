using System.Buffers;

namespace FieldNet.Mqtt.Packets;

/// <summary>SUBACK and UNSUBACK: a reason code for each filter (in 3.1.1 UNSUBACK has none).</summary>
/// <remarks>Lifetime: the spans alias the packet's body. Source: MQTT 5.0 and 3.1.1 sections 3.9 and 3.11.</remarks>
public readonly ref struct SubAckPacket
{
    public ushort PacketId { get; init; }

    /// <summary>Reason string and user properties, without the block's length; empty before MQTT 5.</summary>
    public ReadOnlySpan<byte> Properties { get; init; }

    public ReadOnlySpan<byte> Codes { get; init; }

    /// <returns><see cref="MqttReasonCode.Success"/>, or why the packet is refused.</returns>
    public static MqttReasonCode Read(
        ReadOnlySpan<byte> body, MqttProtocolVersion version, out SubAckPacket packet, MqttPacketType type = MqttPacketType.SubAck)
    {
        packet = default;
        var reader = new MqttPacketReader(body);
        if (!reader.TryReadUInt16(out var packetId) || !reader.TryReadProperties(version, out var properties))
        {
            return MqttReasonCode.MalformedPacket;
        }

        packet = new SubAckPacket { PacketId = packetId, Properties = properties, Codes = reader.Rest };
        return packetId != 0 && AreAllowed(packet.Codes, version, type)
            ? MqttPropertyRules.Check(properties, MqttPropertyRules.Acknowledgement)
            : MqttReasonCode.ProtocolError;
    }

    /// <param name="output">Where the packet goes.</param>
    /// <param name="version">Before MQTT 5, every refusal is 0x80 and UNSUBACK has no codes.</param>
    /// <param name="type"><see cref="MqttPacketType.SubAck"/> or <see cref="MqttPacketType.UnsubAck"/>.</param>
    public void Write(IBufferWriter<byte> output, MqttProtocolVersion version, MqttPacketType type)
    {
        var isV5 = version == MqttProtocolVersion.V5;
        var codes = isV5 || type == MqttPacketType.SubAck ? Codes : default;
        var bodyBytes = 2 + MqttPacketWriter.BlockBytes(Properties, version) + codes.Length;
        var writer = new MqttPacketWriter(output, MqttFixedHeader.Of(type), bodyBytes);
        writer.WriteUInt16(PacketId);
        writer.WriteBlock(Properties, version);
        foreach (var code in codes)
        {
            writer.WriteByte(isV5 ? code : Math.Min(code, (byte)MqttReasonCode.UnspecifiedError));
        }

        writer.Complete();
    }

    private static bool AreAllowed(ReadOnlySpan<byte> codes, MqttProtocolVersion version, MqttPacketType type)
    {
        if (version != MqttProtocolVersion.V5 && type == MqttPacketType.UnsubAck)
        {
            return codes.IsEmpty;
        }

        foreach (var code in codes)
        {
            // 3.1.1, 3.9.3-2.
            if (version == MqttProtocolVersion.V5 ? !MqttReasonRules.Allows(type, (MqttReasonCode)code) : code is > 2 and not 0x80)
            {
                return false;
            }
        }

        return !codes.IsEmpty;
    }
}
