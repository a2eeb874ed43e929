using System.Buffers;

namespace FieldNet.Mqtt.Packets;

/// <summary>The end of PUBACK and its like, and all of DISCONNECT and AUTH: a reason and properties, both of which may be left out.</summary>
/// <remarks>Source: MQTT 5.0 sections 3.4.2, 3.14.2 and 3.15.2; nothing before.</remarks>
internal static class ReasonAndProperties
{
    public static MqttReasonCode Read(
        ReadOnlySpan<byte> body, MqttProtocolVersion version, MqttPacketType type, ulong allowed,
        out MqttReasonCode reason, out ReadOnlySpan<byte> properties)
    {
        reason = MqttReasonCode.Success;
        properties = default;
        var reader = new MqttPacketReader(body);
        if (reader.AtEnd)
        {
            return MqttReasonCode.Success;
        }

        if (version != MqttProtocolVersion.V5
            || !reader.TryReadByte(out var code)
            || (!reader.AtEnd && !(reader.TryReadProperties(version, out properties) && reader.AtEnd)))
        {
            return MqttReasonCode.MalformedPacket;
        }

        reason = (MqttReasonCode)code;
        return MqttReasonRules.Allows(type, reason) ? MqttPropertyRules.Check(properties, allowed) : MqttReasonCode.ProtocolError;
    }

    /// <summary>What <see cref="Write(ref MqttPacketWriter, MqttProtocolVersion, MqttReasonCode, ReadOnlySpan{byte})"/> takes.</summary>
    public static int Bytes(MqttProtocolVersion version, MqttReasonCode reason, ReadOnlySpan<byte> properties) =>
        version != MqttProtocolVersion.V5 ? 0
        : !properties.IsEmpty ? 1 + MqttPacketWriter.BlockBytes(properties, version)
        : reason == MqttReasonCode.Success ? 0 : 1;

    /// <summary>In the shortest form: success without properties is nothing at all.</summary>
    public static void Write(ref MqttPacketWriter writer, MqttProtocolVersion version, MqttReasonCode reason, ReadOnlySpan<byte> properties)
    {
        var bytes = Bytes(version, reason, properties);
        if (bytes > 0)
        {
            writer.WriteByte((byte)reason);
        }

        if (bytes > 1)
        {
            writer.WriteBlock(properties, version);
        }
    }

    /// <summary>Encodes a packet that has nothing else.</summary>
    public static void Write(
        IBufferWriter<byte> output, MqttProtocolVersion version, MqttPacketType type, MqttReasonCode reason, ReadOnlySpan<byte> properties)
    {
        var writer = new MqttPacketWriter(output, MqttFixedHeader.Of(type), Bytes(version, reason, properties));
        Write(ref writer, version, reason, properties);
        writer.Complete();
    }
}
