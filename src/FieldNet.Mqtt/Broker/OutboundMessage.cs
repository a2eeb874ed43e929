using FieldNet.Mqtt.Packets;
using FieldNet.Telemetry.Topics;

namespace FieldNet.Mqtt.Broker;

/// <summary>A routed message: one copy shared by every subscriber's outbox.</summary>
internal sealed class OutboundMessage
{
    /// <summary>What an entry is counted as beside its own bytes: objects, queue slots.</summary>
    private const int OverheadBytes = 160;

    private const long UsPerSecond = 1_000_000;

    /// <param name="topic">Name, as published.</param>
    /// <param name="properties">As published, without a topic alias.</param>
    /// <param name="payload">As published.</param>
    /// <param name="nowUs">When it was published: a Message Expiry Interval counts from here.</param>
    public OutboundMessage(Topic topic, ReadOnlySpan<byte> properties, ReadOnlySpan<byte> payload, long nowUs)
    {
        Topic = topic;
        Payload = payload.ToArray();
        Properties = properties.ToArray();
        if (!properties.IsEmpty && MqttPropertyRules.TryFind(properties, MqttPropertyId.MessageExpiryInterval, out var expiry))
        {
            ExpiresAtUs = nowUs + (expiry.Number * UsPerSecond);
        }
    }

    private OutboundMessage(long expiresAtUs, Topic topic, byte[] properties, byte[] payload) =>
        (ExpiresAtUs, Topic, Properties, Payload) = (expiresAtUs, topic, properties, payload);

    public Topic Topic { get; }

    /// <summary>MQTT 5 properties without their length; not sent to older clients.</summary>
    public byte[] Properties { get; }

    public byte[] Payload { get; }

    /// <summary>Log time; <see cref="long.MaxValue"/> for never.</summary>
    public long ExpiresAtUs { get; } = long.MaxValue;

    /// <summary>What it counts for in a bounded queue or store.</summary>
    public int CountedBytes => OverheadBytes + Topic.Utf8.Length + Properties.Length + Payload.Length;

    /// <summary>One of a checkpoint.</summary>
    public static OutboundMessage Restored(Topic topic, byte[] properties, byte[] payload, long expiresAtUs) => new(expiresAtUs, topic, properties, payload);

    /// <summary>What is left of its Message Expiry Interval (MQTT 5.0, 3.3.2-6), in whole seconds, at least one; null without one.</summary>
    public uint? RemainingSeconds(long nowUs) =>
        ExpiresAtUs == long.MaxValue ? null : (uint)Math.Max(1, (ExpiresAtUs - nowUs + UsPerSecond - 1) / UsPerSecond);
}
