using System.Collections.Concurrent;
using FieldNet.Mqtt.Endpoint;
using FieldNet.Mqtt.Packets;
using FieldNet.Telemetry;
using FieldNet.Telemetry.Ingress;
using FieldNet.Telemetry.Records;
using FieldNet.Telemetry.Topics;

namespace FieldNet.Mqtt.Broker;

/// <summary>Sessions, subscriptions, retained messages and Wills: a view of the log that answers the live connections.</summary>
/// <remarks>
/// Threading: <see cref="Apply"/> on the sequencer thread, behind the ward's view; the rest of the class is only touched there.
/// Lifetime: applied to the log from its start it has the same retained messages again. Records of connections that are
/// not live (any, while the log is read again) concern no session.
/// Errors: refuses nothing itself; never throws on what a client sent.
/// </remarks>
public sealed class MqttBroker(MqttEndpointOptions options, MqttMetrics metrics) : IRecordView
{
    private readonly ConcurrentDictionary<long, IMqttPeer> _arriving = new();
    private readonly Dictionary<long, MqttSession> _live = [];
    private readonly Dictionary<string, MqttSession> _sessions = new(StringComparer.Ordinal);
    private readonly SubscriptionTree _subscriptions = new();
    private readonly RetainedMessages _retained = new(options, metrics);
    private (int Version, Delivery[] Deliveries)[] _matches = [];

    /// <summary>Where Wills are published. Set by the host once the sequencer, which wants this view first, exists.</summary>
    public IRecordInjector? Injector { get; set; }

    /// <summary>Makes a connection known, before its Connect is posted.</summary>
    /// <remarks>Threading: any thread.</remarks>
    internal void Attach(IMqttPeer peer) => _arriving[peer.Connection] = peer;

    /// <summary>The connection ended before its Connect could be posted.</summary>
    /// <remarks>Threading: any thread.</remarks>
    internal void Forget(IMqttPeer peer) => _arriving.TryRemove(peer.Connection, out _);

    /// <inheritdoc/>
    public Refusal Apply(in LogRecord record)
    {
        switch (record.Kind)
        {
            case RecordKind.Connect:
                Connect(record);
                break;
            case RecordKind.Close:
                Close(record);
                break;
            case RecordKind.Publish or RecordKind.Will:
                Publish(record);
                return Refusal.None;
            case RecordKind.Subscribe when _live.TryGetValue(record.Connection, out var session):
                Subscribe(session, session.Peer!, record.Payload);
                break;
            case RecordKind.Unsubscribe when _live.TryGetValue(record.Connection, out var session):
                Unsubscribe(session, session.Peer!, record.Payload);
                break;
            default:
                return Refusal.None;
        }

        metrics.Holdings(_sessions.Count, _subscriptions.Count, _retained.Count);
        return Refusal.None;
    }

    private void Connect(in LogRecord record)
    {
        if (!_arriving.TryRemove(record.Connection, out var peer))
        {
            return;
        }

        var kept = _sessions.GetValueOrDefault(record.Client);
        if (kept?.Peer is { } earlier)
        {
            // The Will goes before anything that the new connection says, so that "offline" can't overtake "online".
            earlier.TakeOver();
            PublishWill(earlier, record.Client, record.ReceiveTimeUs);
            Leave(kept, earlier);
        }

        if (kept is not null && peer.CleanStart)
        {
            End(kept);
        }

        kept = _sessions.GetValueOrDefault(record.Client);
        if (kept is null && _sessions.Count >= options.MaxSessions && !TryEvict())
        {
            peer.Reject(MqttReasonCode.QuotaExceeded);
            return;
        }

        var session = kept ?? new MqttSession(record.Client, new SessionOutbox(options, metrics));
        _sessions[record.Client] = session;
        _live[record.Connection] = session;
        session.Peer = peer;
        session.Outbox.Attach(peer);
        peer.Accept(session.Outbox, sessionPresent: kept is not null);
    }

    private void Close(in LogRecord record)
    {
        if (_live.GetValueOrDefault(record.Connection) is not { Peer: { } peer } session)
        {
            _arriving.TryRemove(record.Connection, out _);
            return;
        }

        PublishWill(peer, record.Client, record.ReceiveTimeUs);
        Leave(session, peer);
    }

    private void Leave(MqttSession session, IMqttPeer peer)
    {
        _live.Remove(peer.Connection);
        session.Outbox.Detach(peer);
        session.Peer = null;
        if (!peer.KeepsSession)
        {
            End(session);
        }
    }

    private void End(MqttSession session)
    {
        foreach (var filter in session.Filters)
        {
            _subscriptions.Remove(filter, session);
        }

        _sessions.Remove(session.Client);
    }

    /// <summary>Makes room by ending the session of a client that is away.</summary>
    private bool TryEvict()
    {
        foreach (var session in _sessions.Values)
        {
            if (session.Peer is null)
            {
                End(session);
                return true;
            }
        }

        return false;
    }

    private void PublishWill(IMqttPeer peer, string client, long nowUs)
    {
        if (peer.TakeWill() is not { } will)
        {
            return;
        }

        Injector?.Inject(
            new Arrival
            {
                Kind = RecordKind.Will,
                Qos = will.Qos,
                Retain = will.Retain,
                ReceiveTimeUs = nowUs,
                Topic = will.Topic,
                Properties = will.Properties,
                Payload = will.Payload,
            },
            peer.Connection,
            client);
    }

    private void Publish(in LogRecord record)
    {
        // What the agent derives, and what is outside the contract's grammar, reaches nobody through a client.
        if (record.Topic.Refusal != Refusal.None)
        {
            return;
        }

        if (record.Retain)
        {
            _retained.Set(record.Topic, record.Qos, record.Properties, record.Payload);
            metrics.Holdings(_sessions.Count, _subscriptions.Count, _retained.Count);
        }

        OutboundMessage? message = null;
        foreach (var delivery in Matches(record.Topic))
        {
            var isOwn = delivery.Session.Peer?.Connection == record.Connection;
            if ((isOwn ? delivery.QosOfOwn : delivery.Qos) is { } qos)
            {
                message ??= new OutboundMessage(record.Topic, record.Properties, record.Payload);
                delivery.Session.Outbox.Add(message, Math.Min(qos, record.Qos), record.Retain && delivery.RetainAsPublished);
            }
        }
    }

    private Delivery[] Matches(Topic topic)
    {
        if (_subscriptions.Count == 0)
        {
            return [];
        }

        if (topic.Id < 0)
        {
            return _subscriptions.Match(topic.Utf8);
        }

        if (topic.Id >= _matches.Length)
        {
            Array.Resize(ref _matches, Math.Max(topic.Id + 1, _matches.Length * 2));
        }

        ref var match = ref _matches[topic.Id];
        if (match.Deliveries is null || match.Version != _subscriptions.Version)
        {
            match = (_subscriptions.Version, _subscriptions.Match(topic.Utf8));
        }

        return match.Deliveries;
    }

    private void Subscribe(MqttSession session, IMqttPeer peer, ReadOnlySpan<byte> body)
    {
        // The connection has read it before it was posted.
        _ = SubscribePacket.Read(body, peer.Version, out var packet);
        var codes = new byte[packet.Count];
        for (var i = 0; packet.TryReadNext(out var filter, out var wanted); i++)
        {
            codes[i] = (byte)Subscribe(session, filter, wanted);
        }

        peer.Answer(codes);
    }

    private MqttReasonCode Subscribe(MqttSession session, ReadOnlySpan<byte> filter, SubscriptionOptions wanted)
    {
        if (MqttTopic.IsShared(filter))
        {
            return MqttReasonCode.SharedSubscriptionsNotSupported;
        }

        if (!MqttTopic.IsValidFilter(filter, options.MaxFilterLevels))
        {
            return MqttReasonCode.TopicFilterInvalid;
        }

        var isNew = !session.Filters.GetAlternateLookup<ReadOnlySpan<byte>>().Contains(filter);
        if (isNew && (session.Filters.Count >= options.MaxSubscriptionsPerSession || _subscriptions.Count >= options.MaxSubscriptions))
        {
            return MqttReasonCode.QuotaExceeded;
        }

        // QoS 2 is granted as 1 (3.9.3: the server may grant less).
        var granted = wanted.Qos == 2 ? new SubscriptionOptions((byte)((wanted.Value & ~0b11) | 1)) : wanted;
        session.Filters.Add(filter.ToArray());
        _subscriptions.Add(filter, session, granted);
        if (wanted.RetainHandling == 0 || (wanted.RetainHandling == 1 && isNew))
        {
            _retained.Send(filter, granted.Qos, session.Outbox);
        }

        return (MqttReasonCode)granted.Qos;
    }

    private void Unsubscribe(MqttSession session, IMqttPeer peer, ReadOnlySpan<byte> body)
    {
        _ = UnsubscribePacket.Read(body, peer.Version, out var packet);
        var codes = new byte[packet.Count];
        for (var i = 0; packet.TryReadNext(out var filter); i++)
        {
            var existed = session.Filters.GetAlternateLookup<ReadOnlySpan<byte>>().Remove(filter) && _subscriptions.Remove(filter, session);
            codes[i] = (byte)(existed ? MqttReasonCode.Success : MqttReasonCode.NoSubscriptionExisted);
        }

        peer.Answer(codes);
    }
}
