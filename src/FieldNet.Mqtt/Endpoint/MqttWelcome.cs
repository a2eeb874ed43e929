using FieldNet.Mqtt.Broker;

namespace FieldNet.Mqtt.Endpoint;

/// <summary>The broker's yes to a client.</summary>
internal sealed record MqttWelcome(MqttSession Session, bool SessionPresent);
