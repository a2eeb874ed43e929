using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using FieldNet.Mqtt.Endpoint;

namespace FieldNet.Mqtt.Broker;

/// <summary>The unfinished messages of one subscriber, in their order, with their packet identifiers and what they count for.</summary>
/// <remarks>
/// Threading: under its owner's lock.
/// Shape: what is done leaves a gap, which is closed when it reaches the front or when half is gaps, so that nothing is moved for
/// each message. Before the cursor lies what was sent.
/// </remarks>
internal sealed class OutboundList(QueueBudget budget)
{
    private const int CompactAt = 64;

    private readonly List<OutboundItem> _items = [];
    private readonly HashSet<ushort> _packetIds = [];
    private int _head;
    private int _cursor;
    private int _gone;
    private Tally _reliable;
    private Tally _zero;
    private bool _isLasting;

    /// <summary>Given last: the next free one behind it is given next.</summary>
    public ushort LastPacketId { get; private set; }

    public int Count => _reliable.Count + _zero.Count;

    /// <summary>The session outlives its connection: what waits at QoS 1 and 2 counts among the lasting.</summary>
    public bool IsLasting
    {
        set
        {
            budget.Add(_isLasting, -_reliable.Bytes);
            _isLasting = value;
            budget.Add(_isLasting, _reliable.Bytes);
        }
    }

    /// <summary>All, gaps included.</summary>
    public Span<OutboundItem> Items => CollectionsMarshal.AsSpan(_items)[_head..];

    /// <summary>All behind the cursor, gaps included.</summary>
    public Span<OutboundItem> Unsent => CollectionsMarshal.AsSpan(_items)[_cursor..];

    /// <summary>The unfinished message of that identifier; a null reference when there is none.</summary>
    public ref OutboundItem Find(ushort packetId)
    {
        // The oldest is nearly always the one.
        foreach (ref var item in _packetIds.Contains(packetId) ? Items : default)
        {
            if (item.PacketId == packetId)
            {
                return ref item;
            }
        }

        return ref Unsafe.NullRef<OutboundItem>();
    }

    /// <summary>QoS 0 has what the rest leaves; the rest does not depend on QoS 0, which a replay of the log does not see.</summary>
    public bool HasRoom(in OutboundItem item, MqttEndpointOptions options)
    {
        var (count, bytes) = (_reliable.Count, _reliable.Bytes);
        if (item.Qos == 0)
        {
            (count, bytes) = (count + _zero.Count, bytes + _zero.Bytes);
        }

        return count < options.MaxQueuedMessages && bytes + item.Message.CountedBytes <= options.MaxQueuedBytes
            && budget.HasRoom(_isLasting && item.Qos > 0, item.Message.CountedBytes);
    }

    /// <summary>Adds at the end, at QoS 1 and 2 under an identifier that is free.</summary>
    public void Add(OutboundItem item)
    {
        item.PacketId = item.Qos == 0 ? (ushort)0 : NextPacketId();
        _items.Add(item);
        Reckon(item, 1);
    }

    /// <summary>Puts back items that have their identifiers, in order.</summary>
    public void Restore(IEnumerable<OutboundItem> items, ushort lastPacketId)
    {
        foreach (var item in items)
        {
            _items.Add(item);
            _packetIds.Add(item.PacketId);
            Reckon(item, 1);
        }

        LastPacketId = lastPacketId;
    }

    /// <summary>It is done.</summary>
    public void Drop(ref OutboundItem item)
    {
        Reckon(item, -1);
        _packetIds.Remove(item.PacketId);
        item = default;
        _gone++;
    }

    public void MoveCursor(int by) => _cursor += by;

    /// <summary>Everything is to be sent again.</summary>
    public void Rewind() => _cursor = _head;

    /// <summary>Closes gaps, now and then. No reference into the list holds behind it.</summary>
    public void Compact()
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
        }
        else if (_head + _gone >= CompactAt && _head + _gone >= _items.Count / 2)
        {
            var unsent = 0;
            foreach (ref readonly var item in Unsent)
            {
                unsent += item.State == OutboundState.Gone ? 0 : 1;
            }

            _items.RemoveAll(static item => item.State == OutboundState.Gone);
            (_head, _gone, _cursor) = (0, 0, _items.Count - unsent);
        }
    }

    private void Reckon(in OutboundItem item, int sign)
    {
        ref var tally = ref item.Qos == 0 ? ref _zero : ref _reliable;
        var bytes = sign * item.Message.CountedBytes;
        tally = new Tally(tally.Count + sign, tally.Bytes + bytes);
        budget.Add(_isLasting && item.Qos > 0, bytes);
    }

    private ushort NextPacketId()
    {
        do
        {
            LastPacketId = LastPacketId == ushort.MaxValue ? (ushort)1 : (ushort)(LastPacketId + 1);
        }
        while (!_packetIds.Add(LastPacketId));

        return LastPacketId;
    }

    private readonly record struct Tally(int Count, long Bytes);
}
