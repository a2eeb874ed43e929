using FieldNet.Mqtt.Endpoint;
using FieldNet.Mqtt.Packets;

namespace FieldNet.Mqtt.Broker;

/// <summary>What is to be sent to one client, and what was sent at QoS 1 and is not acknowledged.</summary>
/// <remarks>
/// Threading: filled by the sequencer thread, emptied by the connection's writer, acknowledged by its reader; one short lock.
/// Loss: bounded by count and bytes. Full: the new message is dropped and counted, QoS 1 too.
/// Lifetime: belongs to the session and outlives its connections; only the one attached last can take from it.
/// </remarks>
internal sealed class SessionOutbox(MqttEndpointOptions options, MqttMetrics metrics)
{
    private readonly Lock _gate = new();
    private readonly Queue<OutboundItem> _resend = new();
    private readonly Queue<OutboundItem> _queue = new();
    private readonly List<OutboundItem> _inFlight = [];
    private IMqttPeer? _peer;
    private long _countedBytes;
    private int _window;
    private ushort _lastPacketId;

    /// <summary>Gives the outbox to a new connection: what an earlier one left unacknowledged goes first, in its order, as duplicates.</summary>
    public void Attach(IMqttPeer peer)
    {
        lock (_gate)
        {
            _peer = peer;
            _window = Math.Min(peer.ReceiveMaximum, options.MaxInFlightToClient);
            var earlier = _resend.ToArray();
            _resend.Clear();
            foreach (var item in _inFlight)
            {
                _resend.Enqueue(item with { Duplicate = true });
            }

            foreach (var item in earlier)
            {
                _resend.Enqueue(item);
            }

            _inFlight.Clear();
        }
    }

    /// <summary>The connection is gone: QoS 1 is kept from now on, QoS 0 is not.</summary>
    public void Detach(IMqttPeer peer)
    {
        lock (_gate)
        {
            if (_peer == peer)
            {
                _peer = null;
            }
        }
    }

    public void Add(OutboundMessage message, byte qos, bool retain)
    {
        IMqttPeer? peer;
        lock (_gate)
        {
            peer = _peer;
            if (peer is null && qos == 0)
            {
                return;
            }

            if (_queue.Count >= options.MaxQueuedMessages || _countedBytes + message.CountedBytes > options.MaxQueuedBytes)
            {
                metrics.Dropped(qos == 0 ? DropReason.SlowSubscriber : DropReason.QueueFull);
                return;
            }

            _queue.Enqueue(new OutboundItem(message, qos, retain));
            _countedBytes += message.CountedBytes;
        }

        peer?.Wake();
    }

    /// <summary>Takes what may be sent now, oldest first: QoS 1 waits while the client's window is full, and all behind it.</summary>
    /// <returns>How many were put into <paramref name="batch"/>.</returns>
    public int Take(IMqttPeer peer, Span<OutboundItem> batch)
    {
        lock (_gate)
        {
            var taken = 0;
            while (_peer == peer && taken < batch.Length && TryTakeOne(peer, out var item))
            {
                batch[taken++] = item;
            }

            return taken;
        }
    }

    /// <summary>The client has acknowledged.</summary>
    /// <returns>False when nothing of that identifier was in flight.</returns>
    public bool Acknowledge(IMqttPeer peer, ushort packetId)
    {
        lock (_gate)
        {
            // The oldest is nearly always the one.
            var index = _peer == peer ? IndexInFlight(packetId) : -1;
            if (index < 0)
            {
                return false;
            }

            _countedBytes -= _inFlight[index].Message.CountedBytes;
            _inFlight.RemoveAt(index);
            return true;
        }
    }

    private bool TryTakeOne(IMqttPeer peer, out OutboundItem item)
    {
        while (true)
        {
            var source = _resend.Count > 0 ? _resend : _queue;
            if (!source.TryPeek(out item) || (item.Qos > 0 && _inFlight.Count >= _window))
            {
                return false;
            }

            source.Dequeue();
            if (IsTooLarge(peer, item))
            {
                metrics.Dropped(DropReason.TooLargeForSubscriber);
                _countedBytes -= item.Message.CountedBytes;
                continue;
            }

            if (item.Qos == 0)
            {
                _countedBytes -= item.Message.CountedBytes;
                return true;
            }

            item = item.PacketId == 0 ? item with { PacketId = NextPacketId() } : item;
            _inFlight.Add(item);
            return true;
        }
    }

    private static bool IsTooLarge(IMqttPeer peer, in OutboundItem item) =>
        new PublishPacket
        {
            Qos = item.Qos,
            Topic = item.Message.Topic.Utf8,
            Properties = item.Message.Properties,
            Payload = item.Message.Payload,
        }.PacketBytes(peer.Version) > peer.MaxPacketBytes;

    private ushort NextPacketId()
    {
        do
        {
            _lastPacketId = _lastPacketId == ushort.MaxValue ? (ushort)1 : (ushort)(_lastPacketId + 1);
        }
        while (IndexInFlight(_lastPacketId) >= 0);

        return _lastPacketId;
    }

    private int IndexInFlight(ushort packetId)
    {
        for (var i = 0; i < _inFlight.Count; i++)
        {
            if (_inFlight[i].PacketId == packetId)
            {
                return i;
            }
        }

        return -1;
    }
}
