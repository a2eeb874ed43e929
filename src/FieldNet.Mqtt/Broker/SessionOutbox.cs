using System.Runtime.InteropServices;
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
internal sealed class SessionOutbox(MqttEndpointOptions options, MqttMetrics metrics, ICommitMark mark)
{
    private const int CompactAt = 64;

    private readonly Lock _gate = new();
    private readonly List<OutboundItem> _items = [];
    private readonly HashSet<ushort> _packetIds = [];
    private readonly Queue<ushort> _releases = [];
    private OutboxTerms _terms;
    private IMqttPeer? _peer;
    private int _head;
    private int _cursor;
    private int _gone;
    private int _inFlight;
    private int _window;
    private Tally _reliable;
    private Tally _zero;
    private ushort _lastPacketId;

    /// <summary>Unfinished messages, QoS 0 included.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _reliable.Count + _zero.Count;
            }
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
            _peer = peer;
            _terms = terms;
            _window = Math.Min(peer?.ReceiveMaximum ?? 0, options.MaxInFlightToClient);
            _releases.Clear();
            _inFlight = 0;
            _cursor = _head;
            var items = CollectionsMarshal.AsSpan(_items);
            for (var i = _head; i < items.Length; i++)
            {
                ref var item = ref items[i];
                item.BehindAnswer = 0;
                switch (item.State)
                {
                    case OutboundState.Received:
                        _releases.Enqueue(item.PacketId);
                        _inFlight++;
                        break;
                    case OutboundState.Queued or OutboundState.Sent when IsTooLarge(item) || item.Message.ExpiresAtUs <= nowUs:
                        Drop(ref item, IsTooLarge(item) ? DropReason.TooLargeForSubscriber : DropReason.Expired);
                        break;
                    case OutboundState.Sent:
                        (item.State, item.Duplicate) = (OutboundState.Queued, true);
                        break;
                }
            }

            Compact();
        }
    }

    /// <summary>The connection is gone: QoS 1 and 2 are kept from now on, QoS 0 is not.</summary>
    public void Detach()
    {
        lock (_gate)
        {
            _peer = null;
            var items = CollectionsMarshal.AsSpan(_items);
            for (var i = _head; i < items.Length; i++)
            {
                if (items[i].State == OutboundState.Queued && items[i].Qos == 0)
                {
                    Drop(ref items[i], null);
                }
            }

            Compact();
        }
    }

    /// <summary>The agent went with a client connected: whatever waited for it may have been sent.</summary>
    public void PresumeSent()
    {
        lock (_gate)
        {
            foreach (ref var item in CollectionsMarshal.AsSpan(_items)[_head..])
            {
                item.Duplicate |= item.State == OutboundState.Queued;
            }
        }
    }

    /// <param name="item">With the record that led to it; its packet identifier is given here.</param>
    /// <param name="nowUs">Log time.</param>
    public void Add(OutboundItem item, long nowUs)
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
                metrics.Dropped(item.Qos == 0 ? DropReason.SlowSubscriber : DropReason.QueueFull);
                if (options.SlowSubscribers == SlowSubscriberPolicy.Disconnect)
                {
                    peer?.TooSlow();
                }

                return;
            }

            item.PacketId = item.Qos == 0 ? (ushort)0 : NextPacketId();
            _items.Add(item);
            TallyOf(item).Add(item.Message.CountedBytes);
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

            Compact();
            return taken;
        }
    }

    /// <summary>Something of that identifier is unfinished.</summary>
    public bool IsUnfinished(ushort packetId)
    {
        lock (_gate)
        {
            return _packetIds.Contains(packetId);
        }
    }

    /// <summary>The client has answered to a message.</summary>
    /// <param name="answer">PUBACK, PUBREC or PUBCOMP.</param>
    /// <param name="packetId">An identifier that is not in flight, or not in that state, is no fault: it may be of before a take-over.</param>
    /// <param name="isRefused">PUBREC with a reason of 0x80 or more: the message is done.</param>
    /// <param name="number">The record of the answer; 0 where it has none.</param>
    public void Answer(MqttPacketType answer, ushort packetId, bool isRefused, long number)
    {
        IMqttPeer? peer = null;
        lock (_gate)
        {
            var index = _packetIds.Contains(packetId) ? IndexOf(packetId) : -1;
            if (index < 0)
            {
                return;
            }

            ref var item = ref CollectionsMarshal.AsSpan(_items)[index];
            if (answer == MqttPacketType.PubRec && !isRefused && item.Qos == 2)
            {
                _inFlight += item.State == OutboundState.Queued ? 1 : 0;
                (item.State, item.Number, item.Lane) = (OutboundState.Received, number, LogLane.Facts);
                _releases.Enqueue(packetId);
                peer = _peer;
            }
            else if (answer == (item.Qos == 1 ? MqttPacketType.PubAck : item.State == OutboundState.Received ? MqttPacketType.PubComp : MqttPacketType.PubRec))
            {
                _inFlight -= item.State == OutboundState.Queued ? 0 : 1;
                Drop(ref item, null);
                Compact();
                peer = _peer;
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
            foreach (ref var item in CollectionsMarshal.AsSpan(_items)[_head..])
            {
                if (item is { Qos: 1, Group: { } group, State: OutboundState.Queued or OutboundState.Sent } && toOthers(group))
                {
                    given.Add(item);
                    _inFlight -= item.State == OutboundState.Sent ? 1 : 0;
                    Drop(ref item, null);
                }
            }

            Compact();
        }

        return given;
    }

    private bool TryTakeRelease(out OutboundItem item)
    {
        item = default;
        while (_releases.TryPeek(out var packetId))
        {
            var index = IndexOf(packetId);
            if (index >= 0)
            {
                item = _items[index];
                if (!IsCommitted(item))
                {
                    return false;
                }

                _releases.Dequeue();
                return true;
            }

            _releases.Dequeue();
        }

        return false;
    }

    private bool TryTakeMessage(long nowUs, int answered, out OutboundItem taken)
    {
        taken = default;
        var items = CollectionsMarshal.AsSpan(_items);
        for (; _cursor < items.Length; _cursor++)
        {
            ref var item = ref items[_cursor];
            if (item.State != OutboundState.Queued)
            {
                continue;
            }

            if (item.Message.ExpiresAtUs <= nowUs)
            {
                // A lasting session's stays until the records say that it is over: Attach, or the want of room.
                if (!_terms.IsLasting || item.Qos == 0)
                {
                    Drop(ref item, DropReason.Expired);
                }

                continue;
            }

            if (item.BehindAnswer > answered)
            {
                return false;
            }

            if (item.Qos > 0 && (_inFlight >= _window || !IsCommitted(item)))
            {
                return false;
            }

            taken = item;
            _cursor++;
            if (item.Qos == 0)
            {
                Drop(ref item, null);
            }
            else
            {
                item.State = OutboundState.Sent;
                _inFlight++;
            }

            return true;
        }

        return false;
    }

    private bool IsCommitted(in OutboundItem item) => !_terms.IsLasting || item.Qos == 0 || item.Number <= mark.CommittedThrough(item.Lane);

    private bool IsTooLarge(in OutboundItem item) =>
        _terms.MaxPacketBytes < uint.MaxValue && item.PacketBytes(_terms.Version) > _terms.MaxPacketBytes;

    /// <returns>False when there is none for it.</returns>
    private bool MakeRoom(in OutboundItem item, long nowUs)
    {
        if (HasRoom(item))
        {
            return true;
        }

        var items = CollectionsMarshal.AsSpan(_items);
        for (var i = _head; i < items.Length; i++)
        {
            if (items[i].State == OutboundState.Queued && items[i].Message.ExpiresAtUs <= nowUs)
            {
                Drop(ref items[i], DropReason.Expired);
            }
        }

        for (var i = _head; i < items.Length && options.SlowSubscribers == SlowSubscriberPolicy.DropOldest && !HasRoom(item); i++)
        {
            if (items[i].State == OutboundState.Queued && (items[i].Qos == 0) == (item.Qos == 0))
            {
                Drop(ref items[i], item.Qos == 0 ? DropReason.SlowSubscriber : DropReason.QueueFull);
            }
        }

        Compact();
        return HasRoom(item);
    }

    /// <summary>QoS 0 has what the rest leaves; the rest does not depend on QoS 0, which a replay of the log does not see.</summary>
    private bool HasRoom(in OutboundItem item)
    {
        var (count, bytes) = (_reliable.Count, _reliable.Bytes);
        if (item.Qos == 0)
        {
            (count, bytes) = (count + _zero.Count, bytes + _zero.Bytes);
        }

        return count < options.MaxQueuedMessages && bytes + item.Message.CountedBytes <= options.MaxQueuedBytes;
    }

    private void Drop(ref OutboundItem item, DropReason? reason)
    {
        if (reason is { } why)
        {
            metrics.Dropped(why);
        }

        TallyOf(item).Remove(item.Message.CountedBytes);
        _packetIds.Remove(item.PacketId);
        item = default;
        _gone++;
    }

    private ref Tally TallyOf(in OutboundItem item) => ref item.Qos == 0 ? ref _zero : ref _reliable;

    /// <summary>Lets go of what is done, now and then.</summary>
    private void Compact()
    {
        while (_head < _items.Count && _items[_head].State == OutboundState.Gone)
        {
            _head++;
            _gone--;
        }

        _cursor = Math.Max(_cursor, _head);
        if (_head == _items.Count)
        {
            _items.Clear();
            (_head, _cursor) = (0, 0);
            return;
        }

        if (_head + _gone < CompactAt || _head + _gone < _items.Count / 2)
        {
            return;
        }

        var unsent = 0;
        foreach (ref readonly var item in CollectionsMarshal.AsSpan(_items)[_cursor..])
        {
            unsent += item.State == OutboundState.Gone ? 0 : 1;
        }

        _items.RemoveAll(static item => item.State == OutboundState.Gone);
        (_head, _gone, _cursor) = (0, 0, _items.Count - unsent);
    }

    private ushort NextPacketId()
    {
        do
        {
            _lastPacketId = _lastPacketId == ushort.MaxValue ? (ushort)1 : (ushort)(_lastPacketId + 1);
        }
        while (!_packetIds.Add(_lastPacketId));

        return _lastPacketId;
    }

    private int IndexOf(ushort packetId)
    {
        for (var i = _head; i < _items.Count; i++)
        {
            if (_items[i].PacketId == packetId)
            {
                return i;
            }
        }

        return -1;
    }

    private record struct Tally(int Count, long Bytes)
    {
        public void Add(int bytes) => (Count, Bytes) = (Count + 1, Bytes + bytes);

        public void Remove(int bytes) => (Count, Bytes) = (Count - 1, Bytes - bytes);
    }
}
