using FieldNet.Mqtt.Endpoint;
using FieldNet.Mqtt.Packets;
using FieldNet.Telemetry.Records;

namespace FieldNet.Mqtt.Broker;

/// <summary>Answers SUBSCRIBE and UNSUBSCRIBE.</summary>
/// <remarks>Threading: the sequencer thread. Source: MQTT 5.0 sections 3.8 to 3.11.</remarks>
internal sealed class SubscriptionDesk(
    MqttEndpointOptions options, MqttMetrics metrics, SubscriptionTree subscriptions, RetainedMessages retained, SystemTopics system)
{
    private readonly List<(OutboundMessage Message, byte Qos)> _found = [];
    private readonly List<OutboundItem> _retainedFor = [];

    /// <param name="session">Of the client.</param>
    /// <param name="record">Its payload is the packet's body; its properties, if any, are a code for each filter: what the policy said, 0 for yes.</param>
    public void Subscribe(MqttSession session, in LogRecord record)
    {
        // The connection has read it before it was posted.
        _ = SubscribePacket.Read(record.Payload, session.Version, out var packet);
        var identifier = session.Version == MqttProtocolVersion.V5
            ? MqttPropertyRules.NumberOr(packet.Properties, MqttPropertyId.SubscriptionIdentifier, 0)
            : 0;
        var codes = new byte[packet.Count];
        for (var i = 0; packet.TryReadNext(out var filter, out var wanted); i++)
        {
            var denied = i < record.Properties.Length ? record.Properties[i] : (byte)0;
            // Each filter may walk through all that is retained, again and again for the same one: a packet has as many as a session may have.
            codes[i] = denied != 0 ? denied
                : i >= options.MaxSubscriptionsPerSession ? (byte)MqttReasonCode.QuotaExceeded
                : (byte)Subscribe(session, filter, new Subscription(wanted, identifier), record);
        }

        Deliver(session, record, session.Peer?.Answer(record, codes) ?? 0);
    }

    public void Unsubscribe(MqttSession session, in LogRecord record)
    {
        _ = UnsubscribePacket.Read(record.Payload, session.Version, out var packet);
        var codes = new byte[packet.Count];
        for (var i = 0; packet.TryReadNext(out var filter); i++)
        {
            codes[i] = (byte)(Remove(session, filter) ? MqttReasonCode.Success : MqttReasonCode.NoSubscriptionExisted);
        }

        session.Peer?.Answer(record, codes);
    }

    /// <summary>Ends all subscriptions of a session that ends.</summary>
    public void RemoveAll(MqttSession session)
    {
        foreach (var filter in session.Subscriptions.Keys)
        {
            subscriptions.Remove(filter, session);
            system.Unsubscribed(filter);
        }

        session.Subscriptions.Clear();
    }

    private MqttReasonCode Subscribe(MqttSession session, ReadOnlySpan<byte> filter, Subscription wanted, in LogRecord record)
    {
        var isShared = MqttTopic.IsShared(filter);
        if (isShared ? !IsValidShared(filter) : !MqttTopic.IsValidFilter(filter, options.MaxTopicLevels))
        {
            return MqttReasonCode.TopicFilterInvalid;
        }

        var known = session.Subscriptions.GetAlternateLookup<ReadOnlySpan<byte>>();
        var isNew = !known.ContainsKey(filter);
        if (isNew
            && (session.Subscriptions.Count >= options.MaxSubscriptionsPerSession
                || subscriptions.Count >= options.MaxSubscriptions
                || subscriptions.CountedBytes + SubscriptionTree.BytesOf(filter) > options.MaxSubscriptionBytes))
        {
            return MqttReasonCode.QuotaExceeded;
        }

        known[filter] = wanted;
        subscriptions.Add(filter, session, wanted);
        if (isNew)
        {
            system.Subscribed(filter, record.LogTimeUs);
        }

        if (!isShared && (wanted.Options.RetainHandling == 0 || (wanted.Options.RetainHandling == 1 && isNew)))
        {
            FindRetained(session, filter, wanted, record.LogTimeUs);
        }

        return (MqttReasonCode)wanted.Options.Qos;
    }

    /// <summary>What is kept and matches the new subscription, flagged as retained (3.3.1-8).</summary>
    private void FindRetained(MqttSession session, ReadOnlySpan<byte> filter, Subscription wanted, long nowUs)
    {
        // The session's queue takes no more than that, and ten thousand times everything retained must not lie here first.
        if (_retainedFor.Count >= options.MaxQueuedMessages)
        {
            metrics.Dropped(DropReason.QueueFull);
            return;
        }

        _found.Clear();
        retained.Find(filter, nowUs, _found);
        system.Find(filter, _found);
        // In an order that does not depend on how the store came to be.
        _found.Sort(static (a, b) => string.CompareOrdinal(a.Message.Topic.Name, b.Message.Topic.Name));
        var delivery = Delivery.Of(session, wanted);
        foreach (var (message, qos) in _found)
        {
            _retainedFor.Add(new OutboundItem(message, Math.Min(wanted.Options.Qos, qos), Retain: true) { Identifiers = delivery.Identifiers });
        }
    }

    /// <summary>Sends what was found, behind the answer: simple clients read that first.</summary>
    private void Deliver(MqttSession session, in LogRecord record, int answer)
    {
        foreach (var item in _retainedFor)
        {
            session.Outbox.Add(item with { Number = record.Number, Lane = record.Lane, BehindAnswer = answer }, record.LogTimeUs);
        }

        _retainedFor.Clear();
    }

    private bool Remove(MqttSession session, ReadOnlySpan<byte> filter)
    {
        if (!session.Subscriptions.GetAlternateLookup<ReadOnlySpan<byte>>().Remove(filter))
        {
            return false;
        }

        system.Unsubscribed(filter);
        return subscriptions.Remove(filter, session);
    }

    /// <summary>4.8.2-1 and -2: a share name of at least one character without wildcards, and a valid filter.</summary>
    private bool IsValidShared(ReadOnlySpan<byte> shared) =>
        MqttTopic.TrySplitShared(shared, out var name, out var filter) && MqttTopic.IsValidName(name) && MqttTopic.IsValidFilter(filter, options.MaxTopicLevels);
}
