using FieldNet.Mqtt.Packets;

namespace FieldNet.Mqtt.Client;

/// <summary>One filter of a SUBSCRIBE; <c>$share/NAME/FILTER</c> shares it with other clients.</summary>
/// <param name="Filter">Topic filter.</param>
/// <param name="Qos">At most this one. Default 0.</param>
/// <param name="NoLocal">Not what this client publishes itself. MQTT 5; default false.</param>
/// <param name="RetainAsPublished">Messages keep their retain flag. MQTT 5; default false: only those sent for the subscription itself have it.</param>
/// <param name="RetainHandling">Retained messages come: 0 (default) always, 1 for a new subscription only, 2 never. MQTT 5.</param>
public sealed record MqttSubscription(string Filter, byte Qos = 0, bool NoLocal = false, bool RetainAsPublished = false, byte RetainHandling = 0)
{
    internal SubscriptionOptions Options(MqttProtocolVersion version) => new(version != MqttProtocolVersion.V5
        ? Qos
        : (byte)(Qos | (NoLocal ? 0b100 : 0) | (RetainAsPublished ? 0b1000 : 0) | (RetainHandling << 4)));
}
