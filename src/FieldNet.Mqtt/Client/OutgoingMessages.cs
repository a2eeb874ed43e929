using FieldNet.Mqtt.Packets;

namespace FieldNet.Mqtt.Client;

/// <summary>The QoS 1 and 2 messages without their last answer: packet identifiers from 1, lent and taken back, and what must be sent again.</summary>
/// <remarks>Threading: under the session's lock. Memory: a slot keeps its buffer, so that a steady sender makes no garbage.</remarks>
internal sealed class OutgoingMessages
{
    private readonly Slot[] _slots;
    private readonly Queue<ushort> _free;
    private long _lastOrder;

    public OutgoingMessages(int size)
    {
        _slots = new Slot[size + 1];
        _free = new Queue<ushort>(size);
        for (var id = 1; id <= size; id++)
        {
            _free.Enqueue((ushort)id);
        }
    }

    public int Count => _slots.Length - 1 - _free.Count;

    public bool IsFull => _free.Count == 0;

    /// <param name="token">The caller's, for the callback.</param>
    /// <param name="waiter">Who awaits the answer; null for the callback.</param>
    /// <param name="packetId">Longest unused first, so that a late duplicate answer hits nobody.</param>
    public bool TryTake(ulong token, TaskCompletionSource<MqttReasonCode>? waiter, out ushort packetId)
    {
        if (!_free.TryDequeue(out packetId))
        {
            return false;
        }

        ref var slot = ref _slots[packetId];
        (slot.Stage, slot.Order, slot.Token, slot.Waiter, slot.Length) = (Stage.Published, ++_lastOrder, token, waiter, 0);
        return true;
    }

    /// <summary>Keeps the packet so that it can be sent again on another connection.</summary>
    /// <param name="packet">As it would be sent first, without a topic alias: aliases die with their connection.</param>
    public void Keep(in PublishPacket packet, int packetBytes, MqttProtocolVersion version)
    {
        ref var slot = ref _slots[packet.PacketId];
        slot.Output.Clear();
        slot.Output.Reserve(packetBytes);
        packet.Write(slot.Output, version);
        slot.Length = packetBytes;
    }

    /// <summary>The server took the QoS 2 message over: from now on only its release is sent.</summary>
    /// <returns>False for an identifier that is not in flight.</returns>
    public bool TryMarkReceived(ushort packetId)
    {
        if (!IsTaken(packetId))
        {
            return false;
        }

        _slots[packetId].Stage = Stage.Received;
        return true;
    }

    /// <returns>False for an identifier that is not in flight.</returns>
    public bool TryRelease(ushort packetId, out ulong token, out TaskCompletionSource<MqttReasonCode>? waiter)
    {
        if (!IsTaken(packetId))
        {
            (token, waiter) = (0, null);
            return false;
        }

        ref var slot = ref _slots[packetId];
        (token, waiter) = (slot.Token, slot.Waiter);
        (slot.Stage, slot.Waiter) = (Stage.Free, null);
        _free.Enqueue(packetId);
        return true;
    }

    /// <summary>Whether the server has taken the QoS 2 message over.</summary>
    public bool IsReceived(ushort packetId) => _slots[packetId].Stage == Stage.Received;

    /// <summary>The packet kept, to be written with or without DUP.</summary>
    public ReadOnlySpan<byte> Kept(ushort packetId) => _slots[packetId].Output.Written[.._slots[packetId].Length];

    /// <summary>What is in flight, oldest first.</summary>
    public IEnumerable<ushort> InOrder() =>
        Enumerable.Range(1, _slots.Length - 1).Where(id => _slots[id].Stage != Stage.Free).OrderBy(id => _slots[id].Order).Select(id => (ushort)id);

    /// <summary>Everyone who awaits an answer that will not come.</summary>
    public IEnumerable<TaskCompletionSource<MqttReasonCode>> Waiters() => _slots.Select(slot => slot.Waiter).OfType<TaskCompletionSource<MqttReasonCode>>();

    private bool IsTaken(ushort packetId) => packetId < _slots.Length && _slots[packetId].Stage != Stage.Free;

    private enum Stage : byte
    {
        Free,
        Published,
        Received,
    }

    private struct Slot
    {
        public Stage Stage;
        public long Order;
        public ulong Token;
        public TaskCompletionSource<MqttReasonCode>? Waiter;
        public int Length;
        private SlotBuffer? _output;

        public SlotBuffer Output => _output ??= new SlotBuffer();
    }
}
