using FieldNet.Mqtt.Packets;

namespace FieldNet.Capture.Packets;

/// <summary>One MQTT connection found in a capture.</summary>
public sealed class CapturedConnection
{
    /// <summary>From 1, in the order in which their MQTT was recognised.</summary>
    public required int Number { get; init; }

    public required TcpEndpoint Client { get; init; }

    public required TcpEndpoint Server { get; init; }

    /// <summary>What CONNECT said; null when the capture began behind it.</summary>
    public MqttProtocolVersion? Version { get; internal set; }
}
