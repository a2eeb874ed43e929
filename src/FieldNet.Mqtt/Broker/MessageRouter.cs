using System.Text;
using FieldNet.Telemetry.Records;
using FieldNet.Telemetry.Topics;

namespace FieldNet.Mqtt.Broker;

/// <summary>Takes each message to the outboxes of those who subscribed to it.</summary>
/// <remarks>Threading: the sequencer thread. A message of a known topic that nobody wants costs a look-up and no garbage.</remarks>
internal sealed class MessageRouter(SubscriptionTree subscriptions, RetainedMessages retained)
{
    private const int MaxKept = 262_144;

    private TopicMatch?[] _matches = [];
    private int _version;

    /// <summary>Deliveries in the matches that are kept: bounded, since 10,000 sessions may want all of 65,536 topics.</summary>
    internal int Kept { get; private set; }

    /// <summary>A PUBLISH or a Will.</summary>
    /// <returns>True when there was a subscription that it matched.</returns>
    public bool Publish(in LogRecord record)
    {
        // What the agent derives, and what is outside the contract's grammar, reaches nobody through a client; nor do $SYS topics (4.7.2).
        if (record.Topic.Refusal != default || SystemTopics.IsOne(record.Topic.Utf8))
        {
            return false;
        }

        if (record.Retain)
        {
            retained.Set(record);
        }

        if (subscriptions.Count == 0)
        {
            return false;
        }

        var match = MatchOf(record.Topic);
        OutboundMessage? message = null;
        foreach (var delivery in match.Deliveries)
        {
            var wanted = delivery.Session.Connection == record.Connection ? delivery.Own : delivery;
            if (wanted is not null)
            {
                Deliver(record, wanted, null, ref message);
            }
        }

        foreach (var group in match.Groups)
        {
            Deliver(record, group.Next(), group, ref message);
        }

        return match.Deliveries.Length + match.Groups.Length > 0;
    }

    /// <summary>A message of a shared subscription that one member gave up.</summary>
    public void Redeliver(in LogRecord record)
    {
        if (subscriptions.FindGroup(Encoding.UTF8.GetBytes(record.Client)) is { } group)
        {
            OutboundMessage? message = null;
            Deliver(record, group.Next(), group, ref message);
        }
    }

    private static void Deliver(in LogRecord record, Delivery? delivery, ShareGroup? group, ref OutboundMessage? message)
    {
        if (delivery is null)
        {
            return;
        }

        message ??= new OutboundMessage(record.Topic, record.Properties, record.Payload, record.LogTimeUs);
        var qos = Math.Min(delivery.Qos, record.Qos);
        delivery.Session.Outbox.Add(
            new OutboundItem(message, qos, record.Retain && delivery.RetainAsPublished)
            {
                Identifiers = delivery.Identifiers,
                Group = group,
                Number = record.Number,
                Lane = record.Lane,
            },
            record.LogTimeUs);
    }

    private TopicMatch MatchOf(Topic topic)
    {
        if (topic.Id < 0)
        {
            return subscriptions.Match(topic.Utf8);
        }

        if (topic.Id >= _matches.Length)
        {
            Array.Resize(ref _matches, Math.Max(topic.Id + 1, _matches.Length * 2));
        }

        ref var match = ref _matches[topic.Id];
        if (match?.Version != subscriptions.Version)
        {
            // Those of an older version hold sessions that are gone.
            if (_version != subscriptions.Version || Kept > MaxKept)
            {
                Array.Clear(_matches);
                (_version, Kept) = (subscriptions.Version, 0);
            }

            match = subscriptions.Match(topic.Utf8);
            Kept += match.Deliveries.Length;
        }

        return match;
    }
}
