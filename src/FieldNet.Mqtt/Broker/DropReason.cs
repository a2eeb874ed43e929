namespace FieldNet.Mqtt.Broker;

/// <summary>Why a message did not go to a subscriber.</summary>
internal enum DropReason : byte
{
    /// <summary>QoS 0, and the subscriber reads too slowly.</summary>
    SlowSubscriber,

    /// <summary>QoS 1, and the session's queue is full.</summary>
    QueueFull,

    /// <summary>Larger than the Maximum Packet Size that the subscriber announced.</summary>
    TooLargeForSubscriber,

    /// <summary>Its Message Expiry Interval had passed.</summary>
    Expired,

    /// <summary>The session ended with it.</summary>
    SessionEnded,
}
