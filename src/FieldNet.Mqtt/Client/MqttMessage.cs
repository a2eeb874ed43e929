namespace FieldNet.Mqtt.Client;

/// <summary>A message that the client received.</summary>
/// <param name="Topic">Topic name.</param>
/// <param name="Payload">A copy of its own: keep it as long as you like.</param>
/// <param name="Qos">0 or 1.</param>
/// <param name="Retain">It was a retained message when the subscription was made.</param>
/// <param name="Duplicate">The server may have sent it before.</param>
/// <param name="Properties">MQTT 5 properties as received, without their length; empty for 3.1.1.</param>
public sealed record MqttMessage(
    string Topic, ReadOnlyMemory<byte> Payload, byte Qos, bool Retain, bool Duplicate, ReadOnlyMemory<byte> Properties);
