using System.Runtime.CompilerServices;
using FieldNet.Mqtt.Endpoint;
using FieldNet.Mqtt.Packets;
using FieldNet.Telemetry.Ingress;
using FieldNet.Telemetry.Records;

namespace FieldNet.Mqtt.Broker;

/// <summary>What is on its way to one subscriber, in order: what it has not acknowledged, then what waits.</summary>
/// <remarks>
/// Threading: any thread; one lock. Filled by the sequencer thread, emptied by the connection's write side.
/// Loss: bounded by count and bytes, QoS 0 apart from the rest. What is over is handled by <see cref="SlowSubscriberPolicy"/> and counted.
/// Replay: of a lasting session all at QoS 1 and 2, identifiers included, follows from the records; QoS 0 is only for who is there.
/// Source: MQTT 5.0 sections 4.3, 4.4, 4.6 and 4.9.
/// </remarks>
internal sealed class SessionOutbox(MqttEndpointOptions options, MqttMetrics metrics, ICommitMark mark, QueueBudget budget)
{
    private readonly Lock _gate = new();
    private readonly OutboundList _list = new(budget);
    private readonly Queue<ushort> _releases = [];
    private OutboxTerms _terms;
    private IMqttPeer? _peer;
    private int _inFlight;
    private int _window;

    /// <summary>Unfinished messages, QoS 0 included.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _list.Count;
            }
        }
    }

    public OutboxTerms Terms => _terms;

    public ushort LastPacketId => _list.LastPacketId;

    /// <summary>Puts back what a checkpoint kept; nobody is connected.</summary>
    public void Restore(IEnumerable<OutboundItem> items, ushort lastPacketId, OutboxTerms terms)
    {
        lock (_gate)
        {
            _terms = terms;
            _list.IsLasting = terms.IsLasting;
            _list.Restore(items, lastPacketId);
        }
    }

    /// <summary>What of QoS 1 and 2 is not done, in order: all that a lasting session keeps.</summary>
    public OutboundItem[] Unfinished()
    {
        lock (_gate)
        {
            return [.. _list.Items.ToArray().Where(static item => item.State != OutboundState.Gone && item.Qos > 0)];
        }
    }

    /// <summary>Gives the outbox to a new connection: what an earlier one left unacknowledged goes first, in its order, as duplicates.</summary>
    /// <param name="peer">Null while the log is read again.</param>
    /// <param name="terms">Of the new connection.</param>
    /// <param name="nowUs">Log time: what has expired by now is not sent again.</param>
    public void Attach(IMqttPeer? peer, OutboxTerms terms, long nowUs)
    {
        lock (_gate)
        {
            (_peer, _terms) = (peer, terms);
            _list.IsLasting = terms.IsLasting;
            _window = Math.Min(peer?.ReceiveMaximum ?? 0, options.MaxInFlightToClient);
            _releases.Clear();
            _inFlight = 0;
            _list.Rewind();
            foreach (ref var item in _list.Items)
            {
                item.BehindAnswer = 0;
                switch (item.State)
                {
                    case OutboundState.Received:
                        _releases.Enqueue(item.PacketId);
                        _inFlight++;
                        break;
                    case OutboundState.Queued or OutboundState.Sent when IsTooLarge(item):
                        Drop(ref item, DropReason.TooLargeForSubscriber);
                        break;
                    case OutboundState.Queued when item.IsExpired(nowUs):
                        Drop(ref item, DropReason.Expired);
                        break;
                    case OutboundState.Sent:
                        (item.State, item.Duplicate) = (OutboundState.Queued, true);
                        break;
                }
            }

            _list.Compact();
        }
    }

    /// <summary>The connection is gone: QoS 1 and 2 are kept from now on, QoS 0 is not.</summary>
    public void Detach()
    {
        lock (_gate)
        {
            _peer = null;
            foreach (ref var item in _list.Items)
            {
                if (item is { State: OutboundState.Queued, Qos: 0 })
                {
                    _list.Drop(ref item);
                }
            }

            _list.Compact();
        }
    }

    /// <summary>The session is over: nobody will ask for what is left.</summary>
    public void Abandon()
    {
        lock (_gate)
        {
            foreach (ref var item in _list.Items)
            {
                if (item.State != OutboundState.Gone)
                {
                    Drop(ref item, DropReason.SessionEnded);
                }
            }

            _list.Compact();
        }
    }

    /// <summary>The agent went with a client connected: whatever waited for it may have been sent.</summary>
    public void PresumeSent()
    {
        lock (_gate)
        {
            foreach (ref var item in _list.Items)
            {
                item.Duplicate |= item.State == OutboundState.Queued;
            }
        }
    }

    /// <param name="item">With the record that led to it; its packet identifier is given here.</param>
    /// <param name="nowUs">Log time.</param>
    public void Add(in OutboundItem item, long nowUs)
    {
        IMqttPeer? peer;
        lock (_gate)
        {
            peer = _peer;
            if (peer is null && (item.Qos == 0 || !_terms.IsLasting))
            {
                return;
            }

            if (IsTooLarge(item))
            {
                metrics.Dropped(DropReason.TooLargeForSubscriber);
                return;
            }

            if (!MakeRoom(item, nowUs))
            {
                metrics.Dropped(FullReason(item));
                if (options.SlowSubscribers == SlowSubscriberPolicy.Disconnect)
                {
                    peer?.TooSlow();
                }

                return;
            }

            _list.Add(item);
        }

        if (peer is not null && _terms.IsLasting && item.Qos > 0)
        {
            peer.WakeAtCommit(item.Lane);
        }
        else
        {
            peer?.Wake();
        }
    }

    /// <summary>Takes what may be sent now: releases, then messages, oldest first; QoS 1 and 2 wait while the client's window is full, and all behind them.</summary>
    /// <param name="peer">Who asks: nothing for a connection that no longer has the session.</param>
    /// <param name="nowUs">Log time: what has expired is left out.</param>
    /// <param name="answered">How many SUBACK and UNSUBACK the connection has written.</param>
    /// <param name="batch">Where it goes.</param>
    /// <returns>How many were put into <paramref name="batch"/>.</returns>
    public int Take(IMqttPeer peer, long nowUs, int answered, Span<OutboundItem> batch)
    {
        lock (_gate)
        {
            var taken = 0;
            while (_peer == peer && taken < batch.Length && (TryTakeRelease(out batch[taken]) || TryTakeMessage(nowUs, answered, out batch[taken])))
            {
                taken++;
            }

            _list.Compact();
            return taken;
        }
    }

    /// <summary>What an answer of the client would be to what is in flight.</summary>
    public AnswerFit Judge(MqttPacketType answer, ushort packetId)
    {
        lock (_gate)
        {
            ref var item = ref _list.Find(packetId);
            if (Unsafe.IsNullRef(ref item))
            {
                return AnswerFit.Unknown;
            }

            return answer switch
            {
                MqttPacketType.PubAck => item.Qos == 1,
                // Once more is no fault: our PUBREL may have crossed it.
                MqttPacketType.PubRec => item.Qos == 2,
                _ => item.IsRelease,
            }
                ? AnswerFit.Fits
                : AnswerFit.Wrong;
        }
    }

    /// <summary>The client has answered to a message.</summary>
    /// <param name="answer">PUBACK, PUBREC or PUBCOMP.</param>
    /// <param name="packetId">An identifier that is not in flight, or not in that state, is no fault: it may be of before a take-over.</param>
    /// <param name="isRefused">PUBREC with a reason of 0x80 or more: the message is done.</param>
    /// <param name="number">The record of the answer; 0 where it has none.</param>
    public void Answer(MqttPacketType answer, ushort packetId, bool isRefused, long number)
    {
        IMqttPeer? peer;
        lock (_gate)
        {
            ref var item = ref _list.Find(packetId);
            if (Unsafe.IsNullRef(ref item))
            {
                return;
            }

            peer = _peer;
            var isReceived = answer == MqttPacketType.PubRec && item is { Qos: 2, State: not OutboundState.Received };
            if (isReceived && !isRefused)
            {
                _inFlight += item.State == OutboundState.Queued ? 1 : 0;
                (item.State, item.Number, item.Lane) = (OutboundState.Received, number, LogLane.Facts);
                _releases.Enqueue(packetId);
            }
            else if (isReceived || answer == (item.Qos == 1 ? MqttPacketType.PubAck : item.IsRelease ? MqttPacketType.PubComp : default))
            {
                _inFlight -= item.State == OutboundState.Queued ? 0 : 1;
                _list.Drop(ref item);
                _list.Compact();
            }
        }

        if (number > 0 && answer == MqttPacketType.PubRec)
        {
            peer?.WakeAtCommit(LogLane.Facts);
        }
        else
        {
            peer?.Wake();
        }
    }

    /// <summary>Gives up what came by shared subscriptions at QoS 1 and is unacknowledged: it goes to the other members.</summary>
    /// <remarks>QoS 2 stays: the client may have it already (MQTT 5.0, 4.8.2).</remarks>
    public List<OutboundItem> GiveUpShared(Predicate<ShareGroup> toOthers)
    {
        var given = new List<OutboundItem>();
        lock (_gate)
        {
            foreach (ref var item in _list.Items)
            {
                if (item is { Qos: 1, Group: { } group, State: OutboundState.Queued or OutboundState.Sent } && toOthers(group))
                {
                    given.Add(item);
                    _inFlight -= item.State == OutboundState.Sent ? 1 : 0;
                    _list.Drop(ref item);
                }
            }

            _list.Compact();
        }

        return given;
    }

    private bool TryTakeRelease(out OutboundItem taken)
    {
        taken = default;
        while (_releases.TryPeek(out var packetId))
        {
            ref var item = ref _list.Find(packetId);
            if (Unsafe.IsNullRef(ref item))
            {
                _releases.Dequeue();
                continue;
            }

            if (!IsCommitted(item))
            {
                return false;
            }

            _releases.Dequeue();
            taken = item;
            return true;
        }

        return false;
    }

    private bool TryTakeMessage(long nowUs, int answered, out OutboundItem taken)
    {
        taken = default;
        foreach (ref var item in _list.Unsent)
        {
            var isExpired = item.State == OutboundState.Queued && item.IsExpired(nowUs);
            if (item.State == OutboundState.Queued && !isExpired)
            {
                if (item.BehindAnswer > answered || (item.Qos > 0 && (_inFlight >= _window || !IsCommitted(item))))
                {
                    return false;
                }

                _list.MoveCursor(1);
                Send(ref item, out taken);
                return true;
            }

            _list.MoveCursor(1);
            // A lasting session's stays until the records say that it is over: Attach, or the want of room.
            if (isExpired && (!_terms.IsLasting || item.Qos == 0))
            {
                Drop(ref item, DropReason.Expired);
            }
        }

        return false;
    }

    private void Send(ref OutboundItem item, out OutboundItem sent)
    {
        sent = item;
        if (item.Qos == 0)
        {
            _list.Drop(ref item);
            return;
        }

        item.State = OutboundState.Sent;
        _inFlight++;
    }

    private bool IsCommitted(in OutboundItem item) => !_terms.IsLasting || item.Qos == 0 || item.Number <= mark.CommittedThrough(item.Lane);

    private bool IsTooLarge(in OutboundItem item) =>
        _terms.MaxPacketBytes < uint.MaxValue && item.PacketBytes(_terms.Version) > _terms.MaxPacketBytes;

    /// <returns>False when there is none for it.</returns>
    private bool MakeRoom(in OutboundItem item, long nowUs)
    {
        if (_list.HasRoom(item, options))
        {
            return true;
        }

        foreach (ref var waiting in _list.Items)
        {
            if (waiting.State == OutboundState.Queued && waiting.IsExpired(nowUs))
            {
                Drop(ref waiting, DropReason.Expired);
            }
        }

        if (options.SlowSubscribers == SlowSubscriberPolicy.DropOldest)
        {
            DropOldestFor(item);
        }

        _list.Compact();
        return _list.HasRoom(item, options);
    }

    private void DropOldestFor(in OutboundItem item)
    {
        foreach (ref var waiting in _list.Items)
        {
            if (_list.HasRoom(item, options))
            {
                return;
            }

            if (waiting.State == OutboundState.Queued && (waiting.Qos == 0) == (item.Qos == 0))
            {
                Drop(ref waiting, FullReason(item));
            }
        }
    }

    private static DropReason FullReason(in OutboundItem item) => item.Qos == 0 ? DropReason.SlowSubscriber : DropReason.QueueFull;

    private void Drop(ref OutboundItem item, DropReason reason)
    {
        metrics.Dropped(reason);
        _list.Drop(ref item);
    }
}
