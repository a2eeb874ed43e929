namespace FieldNet.Mqtt.Broker;

/// <summary>Takes the broker's state down, each message once.</summary>
/// <remarks>Threading: the sequencer thread, between two records.</remarks>
internal sealed class CheckpointWriter
{
    private readonly BrokerCheckpoint _checkpoint = new();
    private readonly Dictionary<OutboundMessage, int> _places = new(ReferenceEqualityComparer.Instance);

    public BrokerCheckpoint Write(SessionTable sessions, SubscriptionTree subscriptions, RetainedMessages retained)
    {
        foreach (var (message, qos) in retained.All)
        {
            _checkpoint.Retained.Add(new BrokerCheckpoint.RetainedEntry(PlaceOf(message), qos));
        }

        foreach (var session in sessions.All.OrderBy(static each => each.Client, StringComparer.Ordinal))
        {
            _checkpoint.Sessions.Add(Entry(session));
        }

        foreach (var group in subscriptions.Groups())
        {
            _checkpoint.Groups.Add(new BrokerCheckpoint.GroupEntry(group.Filter, [.. group.Members.Select(static each => each.Client)], group.Turn));
        }

        return _checkpoint;
    }

    private BrokerCheckpoint.SessionEntry Entry(MqttSession session) => new()
    {
        Client = session.Client,
        Connection = session.Connection,
        Version = session.Version,
        ExpirySeconds = session.ExpirySeconds,
        ExpiresAtUs = session.ExpiresAtUs,
        WillAtUs = session.WillAtUs,
        Will = session.Will is { } will
            ? new BrokerCheckpoint.WillEntry(will.Topic, will.Payload, will.Properties, will.Qos, will.Retain, will.DelaySeconds)
            : null,
        IsLasting = session.Outbox.Terms.IsLasting,
        MaxPacketBytes = session.Outbox.Terms.MaxPacketBytes,
        LastPacketId = session.Outbox.LastPacketId,
        Subscriptions = [.. session.Subscriptions.Select(static each =>
            new BrokerCheckpoint.SubscriptionEntry(each.Key, each.Value.Options.Value, each.Value.Identifier))],
        Held = [.. session.Held.Select(static each => new BrokerCheckpoint.HeldEntry(each.Key, each.Value.Number, each.Value.Lane))],
        // Of a session that ends with its connection nothing is kept: its queue goes with the agent.
        Items = session.Outbox.Terms.IsLasting ? [.. session.Outbox.Unfinished().Select(Entry)] : [],
    };

    private BrokerCheckpoint.ItemEntry Entry(OutboundItem item) => new(
        PlaceOf(item.Message), item.Qos, item.Retain, item.PacketId, item.Duplicate, item.Identifiers, item.Group?.Filter, item.State, item.Number, item.Lane);

    private int PlaceOf(OutboundMessage message)
    {
        if (!_places.TryGetValue(message, out var place))
        {
            _places.Add(message, place = _checkpoint.Messages.Count);
            _checkpoint.Messages.Add(new BrokerCheckpoint.Message(message.Topic.Utf8.ToArray(), message.Properties, message.Payload, message.ExpiresAtUs));
        }

        return place;
    }
}
