using System.Buffers;

namespace FieldNet.Mqtt.Packets;

/// <summary>DISCONNECT.</summary>
/// <param name="Reason">Success before MQTT 5.</param>
/// <param name="SessionExpirySeconds">A new session expiry; null leaves that of CONNECT.</param>
/// <remarks>Source: MQTT 5.0 and 3.1.1 section 3.14.</remarks>
public readonly record struct DisconnectPacket(MqttReasonCode Reason, uint? SessionExpirySeconds = null)
{
    /// <returns><see cref="MqttReasonCode.Success"/>, or why the packet is refused.</returns>
    public static MqttReasonCode Read(ReadOnlySpan<byte> body, MqttProtocolVersion version, out DisconnectPacket packet)
    {
        packet = default;
        var reader = new MqttPacketReader(body);
        if (reader.AtEnd)
        {
            return MqttReasonCode.Success;
        }

        if (version != MqttProtocolVersion.V5 || !reader.TryReadByte(out var reason))
        {
            return MqttReasonCode.MalformedPacket;
        }

        packet = new DisconnectPacket((MqttReasonCode)reason);
        if (reader.AtEnd)
        {
            return MqttReasonCode.Success;
        }

        if (!reader.TryReadProperties(version, out var properties) || !reader.AtEnd)
        {
            return MqttReasonCode.MalformedPacket;
        }

        var fault = MqttPropertyRules.Check(properties, MqttPropertyRules.Disconnect);
        if (fault == MqttReasonCode.Success
            && MqttPropertyRules.TryFind(properties, MqttPropertyId.SessionExpiryInterval, out var expiry))
        {
            packet = packet with { SessionExpirySeconds = expiry.Number };
        }

        return fault;
    }

    /// <summary>Encodes in the shortest form, the reason only where it is not success.</summary>
    public void Write(IBufferWriter<byte> output, MqttProtocolVersion version)
    {
        var hasReason = version == MqttProtocolVersion.V5 && Reason != MqttReasonCode.Success;
        var writer = new MqttPacketWriter(output, MqttFixedHeader.Of(MqttPacketType.Disconnect), hasReason ? 1 : 0);
        if (hasReason)
        {
            writer.WriteByte((byte)Reason);
        }

        writer.Complete();
    }
}
