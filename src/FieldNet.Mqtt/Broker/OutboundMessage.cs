using FieldNet.Telemetry.Topics;

namespace FieldNet.Mqtt.Broker;

/// <summary>A routed message: one copy shared by every subscriber's outbox.</summary>
internal sealed class OutboundMessage(Topic topic, ReadOnlySpan<byte> properties, ReadOnlySpan<byte> payload)
{
    /// <summary>What an entry is counted as beside its own bytes: objects, queue slots.</summary>
    private const int OverheadBytes = 96;

    public Topic Topic { get; } = topic;

    /// <summary>MQTT 5 properties without their length; not sent to older clients.</summary>
    public byte[] Properties { get; } = properties.ToArray();

    public byte[] Payload { get; } = payload.ToArray();

    /// <summary>What it counts for in a bounded queue or store.</summary>
    public int CountedBytes => OverheadBytes + Topic.Utf8.Length + Properties.Length + Payload.Length;
}
