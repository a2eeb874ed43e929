using FieldNet.Mqtt.Broker;

namespace FieldNet.Mqtt.Endpoint;

/// <summary>The broker let the client in.</summary>
/// <param name="Outbox">Its session's.</param>
/// <param name="SessionPresent">The session is an earlier one.</param>
internal sealed record MqttWelcome(SessionOutbox Outbox, bool SessionPresent);
