using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Text;
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
/// Replay: its state follows from the records alone. Applied to the log from its start it has the same lasting sessions again, with
/// their subscriptions, queued messages, packet identifiers and unreleased QoS 2 messages, and the same retained messages.
/// Errors: refuses nothing itself; never throws on what a client sent.
/// </remarks>
public sealed class MqttBroker : ICheckpointView, IDeadlineSource
{
    private const long UsPerSecond = 1_000_000;
    private const int MaxEndedAtOnce = 256;

    /// <summary>With the last session's queue far below what may be injected behind one record.</summary>
    private const int MaxPassedOnAtOnce = 4_096;

    private readonly MqttEndpointOptions _options;
    private readonly MqttMetrics _metrics;
    private readonly ICommitMark _mark;
    private QueueBudget _budget;
    private readonly ConcurrentDictionary<long, IMqttPeer> _arriving = new();
    private readonly TimeProvider _time;
    private SessionTable _sessions;
    private SubscriptionTree _subscriptions;
    private RetainedMessages _retained;
    private SystemTopics _system;
    private MessageRouter _router;
    private SubscriptionDesk _desk;

    public MqttBroker(MqttEndpointOptions options, MqttMetrics metrics, ICommitMark mark, TimeProvider? time = null)
    {
        _options = options;
        _metrics = metrics;
        _mark = mark;
        _time = time ?? TimeProvider.System;
        Begin();
    }

    /// <summary>Where Wills are published. Set by the host once the sequencer, which wants this view first, exists.</summary>
    public IRecordInjector? Injector { get; set; }

    /// <summary>Somebody got the message applied last.</summary>
    internal bool HadReceivers { get; private set; }

    /// <inheritdoc/>
    public long NextDeadlineUs => Math.Min(_sessions.NextDeadlineUs, _system.NextUs);

    /// <summary>All sessions, absent clients' included.</summary>
    /// <remarks>Threading: the sequencer thread.</remarks>
    internal IEnumerable<MqttSession> Sessions => _sessions.All;

    /// <inheritdoc/>
    public string CheckpointName => "broker";

    /// <inheritdoc/>
    public byte[] SaveCheckpoint() => new CheckpointWriter().Write(_sessions, _subscriptions, _retained).ToJson();

    /// <inheritdoc/>
    public void RestoreCheckpoint(ReadOnlySpan<byte> saved, TopicTable topics)
    {
        var checkpoint = saved.IsEmpty ? new BrokerCheckpoint() : BrokerCheckpoint.Read(saved);
        Begin();
        new CheckpointReader(topics, _system, () => new SessionOutbox(_options, _metrics, _mark, _budget)).Read(checkpoint, _sessions, _subscriptions, _retained);
        _metrics.Holdings(_sessions.Count, _subscriptions.Count, _retained.Count);
    }

    /// <summary>Makes a connection known, before its Connect is posted.</summary>
    /// <remarks>Threading: any thread.</remarks>
    internal void Attach(IMqttPeer peer) => _arriving[peer.Connection] = peer;

    /// <summary>The connection ended before its Connect could be posted.</summary>
    /// <remarks>Threading: any thread.</remarks>
    internal void Forget(IMqttPeer peer) => _arriving.TryRemove(peer.Connection, out _);

    /// <inheritdoc/>
    public Refusal Apply(in LogRecord record)
    {
        // What a record led to is of its time: were it to end further sessions, what they lead to would pile up behind it.
        if (record.LogTimeUs >= NextDeadlineUs && record.Kind is not (RecordKind.Will or RecordKind.Redelivered))
        {
            TimePassed(record.LogTimeUs);
        }

        switch (record.Kind)
        {
            case RecordKind.Publish or RecordKind.Will:
                Publish(record);
                return Refusal.None;
            case RecordKind.Redelivered:
                _router.Redeliver(record);
                return Refusal.None;
            case RecordKind.Release when _sessions.Find(record.Connection) is { } session:
                session.Held.Remove(record.PacketId);
                session.ReleasedThrough = record.Number;
                return Refusal.None;
            case RecordKind.Delivered when record.Payload is [var answer, ..]:
                _sessions.Find(record.Connection)?.Outbox.Answer(
                    (MqttPacketType)(answer >> 4), record.PacketId, isRefused: (answer & 0x0F) != 0, record.Number);
                return Refusal.None;
            case RecordKind.Connect:
                Connect(record);
                break;
            case RecordKind.Close:
                Close(record);
                break;
            case RecordKind.AgentStart:
                AgentStarted(record.LogTimeUs);
                break;
            case RecordKind.Subscribe when _sessions.Find(record.Connection) is { } session:
                _desk.Subscribe(session, record);
                break;
            case RecordKind.Unsubscribe when _sessions.Find(record.Connection) is { } session:
                _desk.Unsubscribe(session, record);
                break;
            default:
                return Refusal.None;
        }

        _metrics.Holdings(_sessions.Count, _subscriptions.Count, _retained.Count);
        return Refusal.None;
    }

    [MemberNotNull(nameof(_budget), nameof(_sessions), nameof(_subscriptions), nameof(_retained), nameof(_system), nameof(_router), nameof(_desk))]
    private void Begin()
    {
        _budget = new QueueBudget(_options.MaxQueuedBytesInAll);
        (_sessions, _subscriptions) = (new SessionTable(), new SubscriptionTree());
        _retained = new RetainedMessages(_options, _metrics);
        _system = new SystemTopics(_metrics, _time);
        _router = new MessageRouter(_subscriptions, _retained);
        _desk = new SubscriptionDesk(_options, _metrics, _subscriptions, _retained, _system);
    }

    private void Publish(in LogRecord record)
    {
        if (record.Qos == 2 && record.Kind == RecordKind.Publish && _sessions.Find(record.Connection) is { } sender)
        {
            sender.Held[record.PacketId] = new HeldPublish(record.Number, record.Lane, record.Connection);
        }

        var retained = _retained.Count;
        HadReceivers = _router.Publish(record);
        if (_retained.Count != retained)
        {
            _metrics.Holdings(_sessions.Count, _subscriptions.Count, _retained.Count);
        }
    }

    private void Connect(in LogRecord record)
    {
        _arriving.TryRemove(record.Connection, out var peer);
        var note = ConnectNote.Read(record.Payload);
        var kept = _sessions.Find(record.Client);
        if (kept is { Connection: not 0 })
        {
            kept.Peer?.TakeOver();
            // A clean start ends the session, and with it the delay of the Will (3.1.3-9).
            Leave(kept, record, note.CleanStart ? 0 : kept.ExpirySeconds, publishWill: true);
            kept = _sessions.Find(record.Client);
        }

        if (kept is not null && note.CleanStart)
        {
            End(kept, record.LogTimeUs);
            kept = null;
        }

        if ((kept is null && _sessions.Count >= _options.MaxSessions && !TryEvict(record.LogTimeUs)) || !HasRoomFor(note.Will, kept))
        {
            peer?.Reject(MqttReasonCode.QuotaExceeded);
            return;
        }

        var session = kept ?? new MqttSession(record.Client, new SessionOutbox(_options, _metrics, _mark, _budget));
        _sessions.Add(session);
        _sessions.Connect(session, record.Connection, peer);
        (session.Version, session.ExpirySeconds, session.Will) = (note.Version, note.SessionExpirySeconds, note.Will);
        session.Outbox.Attach(peer, new OutboxTerms(note.Version, note.SessionExpirySeconds > 0, note.MaxPacketBytes), record.LogTimeUs);
        peer?.Accept(session, sessionPresent: kept is not null);
        if (kept is not null)
        {
            peer?.WakeAtCommit(LogLane.Facts);
            peer?.WakeAtCommit(LogLane.Waves);
        }
    }

    private void Close(in LogRecord record)
    {
        if (_sessions.Find(record.Connection) is not { } session)
        {
            _arriving.TryRemove(record.Connection, out _);
            return;
        }

        var note = CloseNote.Read(record.Payload);
        // When the agent itself stops, nobody went without leave: a Will would blame the devices for our own end (docs/protocol.md).
        var publishWill = !note.TookLeave && note.Reason != CloseNote.ServerStopping;
        Leave(session, record, note.SessionExpirySeconds ?? session.ExpirySeconds, publishWill);
    }

    /// <summary>The session's connection is gone.</summary>
    private void Leave(MqttSession session, in LogRecord record, uint expirySeconds, bool publishWill)
    {
        var connection = session.Connection;
        _sessions.Disconnect(session);
        session.Outbox.Detach();
        session.ExpirySeconds = expirySeconds;
        session.Will = publishWill ? session.Will : null;
        var expiresAtUs = expirySeconds == uint.MaxValue ? MqttSession.Never : record.LogTimeUs + (expirySeconds * UsPerSecond);
        var delaySeconds = Math.Min(session.Will?.DelaySeconds ?? 0, expirySeconds);
        if (delaySeconds == 0)
        {
            PublishWill(session, connection, record.ReceiveTimeUs);
        }

        if (expirySeconds == 0)
        {
            End(session, record.LogTimeUs);
            return;
        }

        _sessions.SetDeadlines(session, session.Will is null ? MqttSession.Never : record.LogTimeUs + (delaySeconds * UsPerSecond), expiresAtUs);
        PassOn(session, static (group, left) => group.HasOther(left), record.LogTimeUs);
    }

    /// <summary>The session is over: what it promised goes, and what it shared goes to the others.</summary>
    /// <returns>How many messages went to others.</returns>
    private int End(MqttSession session, long nowUs)
    {
        PublishWill(session, session.Connection, nowUs);
        var filters = session.Subscriptions.Count;
        _desk.RemoveAll(session);
        var passedOn = filters > 0 ? PassOn(session, static (group, _) => group.Count > 0, nowUs) : 0;
        session.Outbox.Abandon();
        _sessions.Remove(session);
        return passedOn;
    }

    /// <summary>An agent that starts has no connections: those of the one before it ended with it, and it blames nobody for that.</summary>
    private void AgentStarted(long nowUs)
    {
        foreach (var session in _sessions.Connected.ToArray())
        {
            session.Outbox.PresumeSent();
            session.Outbox.Detach();
            session.Will = null;
            _sessions.Disconnect(session);
            if (session.ExpirySeconds == 0)
            {
                End(session, nowUs);
            }
            else if (session.ExpirySeconds != uint.MaxValue)
            {
                _sessions.SetDeadlines(session, MqttSession.Never, nowUs + (session.ExpirySeconds * UsPerSecond));
            }
        }
    }

    private void TimePassed(long nowUs)
    {
        // A cell that fails may have left thousands at once: the rest has its turn with the next record or tick.
        var passedOn = 0;
        for (var ended = 0; ended < MaxEndedAtOnce && passedOn < MaxPassedOnAtOnce && _sessions.Due(nowUs) is { } session; ended++)
        {
            if (session.WillAtUs <= nowUs)
            {
                PublishWill(session, connection: 0, nowUs);
            }

            if (session.ExpiresAtUs <= nowUs)
            {
                passedOn += End(session, nowUs);
            }
            else
            {
                _sessions.SetDeadlines(session, MqttSession.Never, session.ExpiresAtUs);
            }
        }

        if (_system.NextUs <= nowUs)
        {
            _system.Send(_subscriptions, nowUs);
        }
    }

    /// <summary>A client may be away for days with a Will of 64 KiB, and have ten thousand names.</summary>
    private bool HasRoomFor(WillMessage? will, MqttSession? replacing) =>
        will is null or { CountedBytes: 0 }
        || _sessions.All.Where(each => each != replacing).Sum(static each => (long)(each.Will?.CountedBytes ?? 0)) + will.CountedBytes <= _options.MaxWillBytes;

    /// <summary>Makes room by ending the session of a client that is away.</summary>
    private bool TryEvict(long nowUs)
    {
        if (_sessions.FirstToEnd() is not { } session)
        {
            return false;
        }

        End(session, nowUs);
        return true;
    }

    private void PublishWill(MqttSession session, long connection, long nowUs)
    {
        if (session.Will is not { } will)
        {
            return;
        }

        session.Will = null;
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
            connection,
            session.Client);
    }

    /// <summary>Puts what a member of shared subscriptions left unacknowledged into the log again, for the others (4.8.2).</summary>
    /// <returns>How many there were.</returns>
    private int PassOn(MqttSession session, Func<ShareGroup, MqttSession, bool> toOthers, long nowUs)
    {
        var given = session.Outbox.GiveUpShared(group => toOthers(group, session));
        foreach (var item in given)
        {
            Injector?.Inject(
                new Arrival
                {
                    Kind = RecordKind.Redelivered,
                    Qos = item.Qos,
                    Retain = item.Retain,
                    ReceiveTimeUs = nowUs,
                    Topic = item.Message.Topic.Utf8,
                    Properties = item.Message.Properties,
                    Payload = item.Message.Payload,
                },
                connection: 0,
                Encoding.UTF8.GetString(item.Group!.Filter));
        }

        return given.Count;
    }
}
