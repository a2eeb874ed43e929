namespace FieldNet.Mqtt.Packets;

/// <summary>The protocol level byte of CONNECT.</summary>
/// <remarks>Source: MQTT 5.0 and 3.1.1 section 3.1.2.2; 3.1 section 3.1.</remarks>
public enum MqttProtocolVersion : byte
{
    V31 = 3,
    V311 = 4,
    V5 = 5,
}
