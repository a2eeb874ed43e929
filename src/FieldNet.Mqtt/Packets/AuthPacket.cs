using System.Buffers;

namespace FieldNet.Mqtt.Packets;

/// <summary>AUTH: a step of enhanced authentication.</summary>
/// <remarks>Source: MQTT 5.0 section 3.15; there is none before.</remarks>
public readonly record struct AuthPacket(MqttReasonCode Reason)
{
    /// <param name="body">Everything behind the fixed header.</param>
    /// <param name="packet">Complete only on success.</param>
    /// <param name="properties">Property block without its length.</param>
    /// <returns><see cref="MqttReasonCode.Success"/>, or why the packet is refused.</returns>
    public static MqttReasonCode Read(ReadOnlySpan<byte> body, out AuthPacket packet, out ReadOnlySpan<byte> properties)
    {
        var fault = ReasonAndProperties.Read(
            body, MqttProtocolVersion.V5, MqttPacketType.Auth, MqttPropertyRules.Auth, out var reason, out properties);
        packet = new AuthPacket(reason);
        // 3.15.2.2.2: the method may not be left out; only the empty packet, which is success, has none.
        return fault == MqttReasonCode.Success && !body.IsEmpty
            && !MqttPropertyRules.TryFind(properties, MqttPropertyId.AuthenticationMethod, out _)
            ? MqttReasonCode.ProtocolError
            : fault;
    }

    public void Write(IBufferWriter<byte> output, ReadOnlySpan<byte> properties) =>
        ReasonAndProperties.Write(output, MqttProtocolVersion.V5, MqttPacketType.Auth, Reason, properties);
}
