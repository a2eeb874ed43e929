namespace FieldNet.Mqtt.Client;

/// <summary>What the server publishes for a client that goes without leave.</summary>
public sealed class MqttWill
{
    public required string Topic { get; init; }

    public required ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>0 or 1. Default 1.</summary>
    public byte Qos { get; init; } = 1;

    /// <summary>Default false.</summary>
    public bool Retain { get; init; }

    /// <summary>MQTT 5 content type; null sends none. Ignored for 3.1.1.</summary>
    public string? ContentType { get; init; }
}
