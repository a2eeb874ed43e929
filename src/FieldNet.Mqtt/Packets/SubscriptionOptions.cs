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

    public static SubscriptionOptions Of(int qos, bool noLocal = false, bool retainAsPublished = false, int retainHandling = 0) =>
        new((byte)(qos | (noLocal ? 0b100 : 0) | (retainAsPublished ? 0b1000 : 0) | (retainHandling << 4)));

    /// <summary>Reserved bits make the packet malformed (3.8.3-5); values that the bits can't mean are protocol errors (3.8.3.1).</summary>
    /// <param name="version">Before MQTT 5 only QoS 0 to 2 can be read at all (3.1.1: 3-8.3-4).</param>
    /// <param name="isShared">The filter is of a shared subscription, where no-local is forbidden (3.8.3-4).</param>
    /// <returns><see cref="MqttReasonCode.Success"/>, or why SUBSCRIBE is refused.</returns>
    public MqttReasonCode Check(MqttProtocolVersion version, bool isShared) => version != MqttProtocolVersion.V5
        ? Value <= 2 ? MqttReasonCode.Success : MqttReasonCode.MalformedPacket
        : (Value & 0b1100_0000) != 0 ? MqttReasonCode.MalformedPacket
        : Qos > 2 || RetainHandling > 2 || (NoLocal && isShared) ? MqttReasonCode.ProtocolError
        : MqttReasonCode.Success;
}
