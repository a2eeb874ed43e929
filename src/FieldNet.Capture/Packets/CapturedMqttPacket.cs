using FieldNet.Mqtt.Packets;

namespace FieldNet.Capture.Packets;

/// <summary>One complete MQTT packet of a capture.</summary>
/// <remarks>Lifetime: the body is the reader's and good for the call.</remarks>
public readonly ref struct CapturedMqttPacket
{
    /// <summary>When the frame came that completed it, microseconds since 1970.</summary>
    public required long TimeUs { get; init; }

    public required CapturedConnection Connection { get; init; }

    public required bool FromClient { get; init; }

    /// <summary>The packet's first byte.</summary>
    public required byte Header { get; init; }

    /// <summary>Everything behind the fixed header; empty when <see cref="IsWhole"/> is false.</summary>
    public required ReadOnlySpan<byte> Body { get; init; }

    /// <summary>False for a packet over <see cref="CaptureLimits.MaxPacketBytes"/>: it came whole and was not kept.</summary>
    public required bool IsWhole { get; init; }

    /// <summary>The rule that the packet breaks; success when none, or when it was not kept.</summary>
    public required MqttReasonCode Fault { get; init; }

    public MqttPacketType Type => MqttFixedHeader.Type(Header);
}
