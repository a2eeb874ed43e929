using FieldNet.Mqtt.Packets;
using FieldNet.Telemetry.Topics;

namespace FieldNet.Mqtt.Broker;

/// <summary>Puts the broker's state back into an empty broker.</summary>
/// <remarks>Threading: before the sequencer starts, or on its thread.</remarks>
/// <param name="topics">The only table that this log's records are interned in.</param>
/// <param name="system">Is told who wants its topics.</param>
/// <param name="newOutbox">Makes an empty outbox.</param>
internal sealed class CheckpointReader(TopicTable topics, SystemTopics system, Func<SessionOutbox> newOutbox)
{
    public void Read(BrokerCheckpoint checkpoint, SessionTable sessions, SubscriptionTree subscriptions, RetainedMessages retained)
    {
        var messages = checkpoint.Messages.ConvertAll(each => OutboundMessage.Restored(topics.Intern(each.Topic), each.Properties, each.Payload, each.ExpiresAtUs));
        foreach (var entry in checkpoint.Retained)
        {
            retained.Put(messages[entry.Message], entry.Qos);
        }

        foreach (var entry in checkpoint.Sessions)
        {
            AddSession(entry, sessions, subscriptions);
        }

        // In the order of their members, which decides whose turn comes.
        foreach (var entry in checkpoint.Groups)
        {
            foreach (var session in entry.Members.Select(sessions.Find).OfType<MqttSession>())
            {
                subscriptions.Add(entry.Filter, session, session.Subscriptions[entry.Filter]);
            }

            subscriptions.FindGroup(entry.Filter)?.SetTurn(entry.Next);
        }

        foreach (var entry in checkpoint.Sessions)
        {
            sessions.Find(entry.Client)!.Outbox.Restore(
                entry.Items.Select(item => Item(item, messages[item.Message], subscriptions)),
                entry.LastPacketId,
                new OutboxTerms(entry.Version, entry.IsLasting, entry.MaxPacketBytes));
        }
    }

    private void AddSession(BrokerCheckpoint.SessionEntry entry, SessionTable sessions, SubscriptionTree subscriptions)
    {
        var session = new MqttSession(entry.Client, newOutbox())
        {
            Version = entry.Version,
            ExpirySeconds = entry.ExpirySeconds,
            Will = entry.Will is { } will
                ? new WillMessage
                {
                    Topic = will.Topic,
                    Payload = will.Payload,
                    Properties = will.Properties,
                    Qos = will.Qos,
                    Retain = will.Retain,
                    DelaySeconds = will.DelaySeconds,
                }
                : null,
        };
        sessions.Add(session);
        if (entry.Connection != 0)
        {
            sessions.Connect(session, entry.Connection, peer: null);
        }

        sessions.SetDeadlines(session, entry.WillAtUs, entry.ExpiresAtUs);
        foreach (var (id, number, lane) in entry.Held)
        {
            session.Held.Add(id, new HeldPublish(number, lane, Connection: 0));
        }

        foreach (var (filter, options, identifier) in entry.Subscriptions)
        {
            var subscription = new Subscription(new SubscriptionOptions(options), identifier);
            session.Subscriptions.Add(filter, subscription);
            system.Subscribed(filter, nowUs: 0);
            if (!MqttTopic.IsShared(filter))
            {
                subscriptions.Add(filter, session, subscription);
            }
        }
    }

    private static OutboundItem Item(BrokerCheckpoint.ItemEntry entry, OutboundMessage message, SubscriptionTree subscriptions) =>
        new(message, entry.Qos, entry.Retain)
        {
            PacketId = entry.PacketId,
            Duplicate = entry.Duplicate,
            Identifiers = entry.Identifiers,
            Group = entry.Group is null ? null : subscriptions.FindGroup(entry.Group) ?? new ShareGroup(entry.Group),
            State = entry.State,
            Number = entry.Number,
            Lane = entry.Lane,
        };
}
