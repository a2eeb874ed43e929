namespace FieldNet.Mqtt.Endpoint;

/// <summary>What becomes of a message for a client whose queue is full. Each one not delivered is counted.</summary>
public enum SlowSubscriberPolicy : byte
{
    /// <summary>The new message is not queued.</summary>
    DropNewest,

    /// <summary>The oldest of its kind that waits, and was not sent yet, makes room.</summary>
    DropOldest,

    /// <summary>The new message is not queued, and the client is told to go (MQTT 5: DISCONNECT 0x97).</summary>
    Disconnect,
}
