namespace FieldNet.Capture.Packets;

/// <summary>The MQTT of a capture in numbers, both directions together.</summary>
public sealed record MqttTraffic
{
    public required int Connections { get; init; }

    /// <summary>CONNECT packets by protocol level: 3 is MQTT 3.1, 4 is 3.1.1, 5 is 5.0.</summary>
    public required IReadOnlyDictionary<string, long> Versions { get; init; }

    /// <summary>Complete packets of a known type, by its name in capitals, whether or not they keep the rules.</summary>
    public required IReadOnlyDictionary<string, long> Types { get; init; }

    public required IReadOnlyDictionary<string, long> PublishQos { get; init; }

    /// <summary>Packets that break a rule of MQTT, and streams that can't be cut into packets.</summary>
    public required long Malformed { get; init; }

    /// <summary>Gaps: places where bytes were sent that are not in the capture.</summary>
    public required long LostSegments { get; init; }
}
