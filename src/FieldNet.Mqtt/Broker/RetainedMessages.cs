using System.Text;
using FieldNet.Mqtt.Endpoint;
using FieldNet.Mqtt.Packets;
using FieldNet.Telemetry.Records;

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

    /// <summary>All, with their QoS.</summary>
    public IEnumerable<(OutboundMessage Message, byte Qos)> All => _byTopic.Values.Select(static kept => (kept.Message, kept.Qos));

    /// <summary>Keeps one of a checkpoint.</summary>
    public void Put(OutboundMessage message, byte qos)
    {
        _byTopic.Add(message.Topic.Name, new Kept(message, qos));
        _countedBytes += message.CountedBytes;
    }

    /// <summary>Keeps the message in place of the topic's last one; an empty payload only removes that.</summary>
    public void Set(in LogRecord record)
    {
        if (_byTopic.Remove(record.Topic.Name, out var last))
        {
            _countedBytes -= last.Message.CountedBytes;
        }

        if (record.Payload.IsEmpty)
        {
            return;
        }

        var message = new OutboundMessage(record.Topic, record.Properties, record.Payload, record.LogTimeUs);
        if (!HasRoom(message))
        {
            DropExpired(record.LogTimeUs);
        }

        if (!HasRoom(message))
        {
            metrics.NotRetained();
            return;
        }

        _byTopic.Add(record.Topic.Name, new Kept(message, record.Qos));
        _countedBytes += message.CountedBytes;
    }

    /// <summary>What matches a new subscription, with its QoS.</summary>
    /// <param name="filter">Valid, not shared.</param>
    /// <param name="nowUs">Log time: what has expired is not sent (MQTT 5.0, 3.3.2.3.3).</param>
    /// <param name="found">Where it goes.</param>
    public void Find(ReadOnlySpan<byte> filter, long nowUs, List<(OutboundMessage Message, byte Qos)> found)
    {
        if (MqttTopic.IsValidName(filter))
        {
            if (_byTopic.TryGetValue(Encoding.UTF8.GetString(filter), out var kept) && kept.Message.ExpiresAtUs > nowUs)
            {
                found.Add((kept.Message, kept.Qos));
            }

            return;
        }

        foreach (var (message, qos) in _byTopic.Values)
        {
            if (message.ExpiresAtUs > nowUs && MqttTopic.Matches(filter, message.Topic.Utf8))
            {
                found.Add((message, qos));
            }
        }
    }

    private bool HasRoom(OutboundMessage message) =>
        _byTopic.Count < options.MaxRetainedMessages && _countedBytes + message.CountedBytes <= options.MaxRetainedBytes;

    private void DropExpired(long nowUs)
    {
        foreach (var (topic, kept) in _byTopic)
        {
            if (kept.Message.ExpiresAtUs <= nowUs)
            {
                _byTopic.Remove(topic);
                _countedBytes -= kept.Message.CountedBytes;
            }
        }
    }

    private readonly record struct Kept(OutboundMessage Message, byte Qos);
}
