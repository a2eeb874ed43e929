namespace FieldNet.Mqtt.Packets;

/// <summary>What <see cref="MqttFramer"/> found at the head of the stream.</summary>
public enum FrameStatus : byte
{
    /// <summary>No whole packet yet: read more.</summary>
    Incomplete,

    /// <summary>A packet was taken.</summary>
    Complete,

    /// <summary>The length is not a valid variable byte integer.</summary>
    Malformed,

    /// <summary>The length announced is over the limit. Nothing was reserved for it.</summary>
    TooLarge,
}
