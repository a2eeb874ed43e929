using FieldNet.Mqtt.Endpoint;
using FieldNet.Mqtt.Packets;

namespace FieldNet.Mqtt.Broker;

/// <summary>What a client asked to be published when it goes without leave.</summary>
internal sealed record WillMessage
{
    private const int SmallBytes = 4 * 1024;

    public required byte[] Topic { get; init; }

    public required byte[] Payload { get; init; }

    /// <summary>The properties of the PUBLISH to be: those of the Will without its delay.</summary>
    public required byte[] Properties { get; init; }

    public required byte Qos { get; init; }

    public required bool Retain { get; init; }

    /// <summary>How long the client may be away before it is published.</summary>
    public uint DelaySeconds { get; init; }

    /// <summary>What it holds in memory; <see cref="MqttEndpointOptions.MaxSessions"/> alone bounds those that hold little.</summary>
    public int CountedBytes => Topic.Length + Payload.Length + Properties.Length is var bytes and > SmallBytes ? bytes : 0;

    /// <summary>A copy of CONNECT's Will; null without one.</summary>
    public static WillMessage? From(in ConnectPacket packet) => !packet.HasWill ? null : new WillMessage
    {
        Topic = packet.WillTopic.ToArray(),
        Payload = packet.WillPayload.ToArray(),
        Properties = WithoutDelay(packet.WillProperties),
        Qos = packet.WillQos,
        Retain = packet.WillRetain,
        DelaySeconds = MqttPropertyRules.NumberOr(packet.WillProperties, MqttPropertyId.WillDelayInterval, 0),
    };

    private static byte[] WithoutDelay(ReadOnlySpan<byte> properties)
    {
        var kept = new byte[properties.Length];
        return kept[..MqttPropertyRules.CopyOnly(properties, MqttPropertyRules.Forwarded, kept)];
    }
}
