namespace FieldNet.Mqtt.Broker;

/// <summary>One subscriber of a topic, its overlapping subscriptions merged: it gets each message once.</summary>
/// <param name="Session">The subscriber.</param>
/// <param name="Qos">The highest of its matching subscriptions.</param>
/// <param name="QosOfOwn">The highest of those that also take its own messages (no "no local"); null when none does.</param>
/// <param name="RetainAsPublished">One of them wants the flag as published.</param>
internal readonly record struct Delivery(MqttSession Session, byte Qos, byte? QosOfOwn, bool RetainAsPublished);
