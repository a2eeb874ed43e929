using FieldNet.Mqtt.Packets;

namespace FieldNet.Mqtt.Broker;

/// <summary>What a session asked for with one filter.</summary>
/// <param name="Options">As granted.</param>
/// <param name="Identifier">Sent along with each message; 0 for none (MQTT 5.0, 3.8.2.1.2).</param>
internal sealed record Subscription(SubscriptionOptions Options, uint Identifier);
