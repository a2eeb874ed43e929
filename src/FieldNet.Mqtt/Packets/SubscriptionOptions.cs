namespace FieldNet.Mqtt.Packets;

/// <summary>The options byte behind each filter of SUBSCRIBE; before MQTT 5 only the QoS.</summary>
/// <remarks>Source: MQTT 5.0 section 3.8.3.1.</remarks>
public readonly record struct SubscriptionOptions(byte Value)
{
    public byte Qos => (byte)(Value & 0b11);

    /// <summary>What the client itself published does not come back to it.</summary>
    public bool NoLocal => (Value & 0b100) != 0;

    /// <summary>Messages keep their retain flag; otherwise only those sent for the subscription itself have it.</summary>
    public bool RetainAsPublished => (Value & 0b1000) != 0;

    /// <summary>Retained messages are sent: 0 always, 1 only for a new subscription, 2 never.</summary>
    public int RetainHandling => (Value >> 4) & 0b11;

    public bool IsValid(MqttProtocolVersion version) =>
        Qos <= 2 && RetainHandling <= 2 && (Value & (version == MqttProtocolVersion.V5 ? 0b1100_0000 : 0b1111_1100)) == 0;
}
