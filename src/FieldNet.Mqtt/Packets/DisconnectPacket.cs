using System.Buffers;

namespace FieldNet.Mqtt.Packets;

/// <summary>DISCONNECT.</summary>
/// <param name="Reason">Success before MQTT 5.</param>
/// <param name="SessionExpirySeconds">Read: a new session expiry; null leaves that of CONNECT. Not written: it is one of the properties.</param>
/// <remarks>Source: MQTT 5.0 and 3.1.1 section 3.14.</remarks>
public readonly record struct DisconnectPacket(MqttReasonCode Reason, uint? SessionExpirySeconds = null)
{
    /// <summary>One from a client. Reason codes of the server are let pass, as brokers do: the client leaves either way.</summary>
    /// <returns><see cref="MqttReasonCode.Success"/>, or why the packet is refused.</returns>
    public static MqttReasonCode Read(ReadOnlySpan<byte> body, MqttProtocolVersion version, out DisconnectPacket packet) =>
        Read(body, version, MqttPropertyRules.Disconnect, out packet, out _);

    /// <param name="body">Everything behind the fixed header.</param>
    /// <param name="version">Of the connection.</param>
    /// <param name="allowed"><see cref="MqttPropertyRules.Disconnect"/> or <see cref="MqttPropertyRules.DisconnectToClient"/>.</param>
    /// <param name="packet">Complete only on success.</param>
    /// <param name="properties">Property block without its length.</param>
    /// <returns><see cref="MqttReasonCode.Success"/>, or why the packet is refused.</returns>
    public static MqttReasonCode Read(
        ReadOnlySpan<byte> body, MqttProtocolVersion version, ulong allowed, out DisconnectPacket packet, out ReadOnlySpan<byte> properties)
    {
        packet = default;
        var fault = ReasonAndProperties.Read(body, version, MqttPacketType.Disconnect, allowed, out var reason, out properties);
        if (fault == MqttReasonCode.Success)
        {
            packet = new DisconnectPacket(
                reason, MqttPropertyRules.TryFind(properties, MqttPropertyId.SessionExpiryInterval, out var expiry) ? expiry.Number : null);
        }

        return fault;
    }

    /// <summary>Encodes in the shortest form; before MQTT 5 there is nothing but the fixed header.</summary>
    public void Write(IBufferWriter<byte> output, MqttProtocolVersion version, ReadOnlySpan<byte> properties = default) =>
        ReasonAndProperties.Write(output, version, MqttPacketType.Disconnect, Reason, properties);
}
