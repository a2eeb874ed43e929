using FieldNet.Mqtt.Packets;

namespace FieldNet.Mqtt.Endpoint;

/// <summary>Who may connect, publish and subscribe: the endpoint asks, once a connection and topic.</summary>
/// <remarks>
/// Threading: <see cref="Connect"/> and <see cref="MaySubscribe"/> on a connection's read side, <see cref="MayPublish"/> there (for a Will)
/// and on the sequencer thread: it must be quick, and none may block or throw. Answers are kept as long as the connection.
/// </remarks>
public interface IMqttPolicy
{
    /// <returns>
    /// <see cref="MqttReasonCode.Success"/>, or the reason for CONNACK: <see cref="MqttReasonCode.BadUserNameOrPassword"/>,
    /// <see cref="MqttReasonCode.NotAuthorized"/>, <see cref="MqttReasonCode.Banned"/>.
    /// </returns>
    MqttReasonCode Connect(MqttIdentity client, ReadOnlySpan<byte> password);

    /// <summary>A message on this topic, or a Will. Denied: PUBACK or PUBREC 0x87 (MQTT 5); before, it is acknowledged and goes nowhere (3.3.5-2).</summary>
    bool MayPublish(MqttIdentity client, ReadOnlySpan<byte> topic);

    /// <summary>A subscription, shared ones with their whole filter. Denied: SUBACK 0x87 (before MQTT 5: 0x80).</summary>
    bool MaySubscribe(MqttIdentity client, ReadOnlySpan<byte> filter);
}
