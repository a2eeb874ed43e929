using FieldNet.Mqtt.Packets;

namespace FieldNet.Mqtt.Client;

/// <summary>What the server publishes for a client that goes without leave.</summary>
public sealed class MqttWill
{
    public required string Topic { get; init; }

    public required ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>0 to 2. Default 1.</summary>
    public byte Qos { get; init; } = 1;

    /// <summary>Default false.</summary>
    public bool Retain { get; init; }

    /// <summary>MQTT 5 content type; null sends none. Ignored for 3.1.1.</summary>
    public string? ContentType { get; init; }

    /// <summary>How long the server waits for the client to come back. Default zero: not at all. Ignored for 3.1.1.</summary>
    public TimeSpan Delay { get; init; }

    internal PropertyBlock Properties()
    {
        var block = new PropertyBlock().Text(MqttPropertyId.ContentType, ContentType);
        return Delay > TimeSpan.Zero ? block.Seconds(MqttPropertyId.WillDelayInterval, Delay) : block;
    }
}
