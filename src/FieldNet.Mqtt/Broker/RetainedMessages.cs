using System.Text;
using FieldNet.Mqtt.Endpoint;
using FieldNet.Mqtt.Packets;
using FieldNet.Telemetry.Topics;

namespace FieldNet.Mqtt.Broker;

/// <summary>The last retained message of each topic.</summary>
/// <remarks>
/// Threading: the sequencer thread.
/// Loss: bounded by count and bytes. Full: the new message is routed but not kept, and counted; what is kept stays.
/// </remarks>
internal sealed class RetainedMessages(MqttEndpointOptions options, MqttMetrics metrics)
{
    private readonly Dictionary<string, Kept> _byTopic = new(StringComparer.Ordinal);
    private long _countedBytes;

    public int Count => _byTopic.Count;

    /// <summary>Keeps the message in place of the topic's last one; an empty payload only removes that.</summary>
    public void Set(Topic topic, byte qos, ReadOnlySpan<byte> properties, ReadOnlySpan<byte> payload)
    {
        if (_byTopic.Remove(topic.Name, out var last))
        {
            _countedBytes -= last.Message.CountedBytes;
        }

        if (payload.IsEmpty)
        {
            return;
        }

        var message = new OutboundMessage(topic, properties, payload);
        if (_byTopic.Count >= options.MaxRetainedMessages || _countedBytes + message.CountedBytes > options.MaxRetainedBytes)
        {
            metrics.NotRetained();
            return;
        }

        _byTopic.Add(topic.Name, new Kept(message, qos));
        _countedBytes += message.CountedBytes;
    }

    /// <summary>Puts what matches a new subscription into the subscriber's outbox, flagged as retained.</summary>
    public void Send(ReadOnlySpan<byte> filter, byte qos, SessionOutbox outbox)
    {
        if (MqttTopic.IsValidName(filter))
        {
            if (_byTopic.TryGetValue(Encoding.UTF8.GetString(filter), out var kept))
            {
                outbox.Add(kept.Message, Math.Min(qos, kept.Qos), retain: true);
            }

            return;
        }

        foreach (var (message, keptQos) in _byTopic.Values)
        {
            if (MqttTopic.Matches(filter, message.Topic.Utf8))
            {
                outbox.Add(message, Math.Min(qos, keptQos), retain: true);
            }
        }
    }

    private readonly record struct Kept(OutboundMessage Message, byte Qos);
}
