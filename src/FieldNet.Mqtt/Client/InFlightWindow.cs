using FieldNet.Mqtt.Packets;

namespace FieldNet.Mqtt.Client;

/// <summary>The QoS 1 messages that await their PUBACK: packet identifiers 1 to the window's size, lent and taken back.</summary>
/// <remarks>Threading: under the client's lock.</remarks>
internal sealed class InFlightWindow
{
    private readonly Slot[] _slots;
    private readonly Queue<ushort> _free;

    public InFlightWindow(int size)
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
    /// <param name="packetId">Longest unused first, so that a late duplicate PUBACK hits nobody.</param>
    public bool TryTake(ulong token, TaskCompletionSource<MqttReasonCode>? waiter, out ushort packetId)
    {
        if (!_free.TryDequeue(out packetId))
        {
            return false;
        }

        _slots[packetId] = new Slot(IsTaken: true, token, waiter);
        return true;
    }

    /// <returns>False for an identifier that is not in flight.</returns>
    public bool TryRelease(ushort packetId, out ulong token, out TaskCompletionSource<MqttReasonCode>? waiter)
    {
        if (packetId >= _slots.Length || !_slots[packetId].IsTaken)
        {
            token = 0;
            waiter = null;
            return false;
        }

        (_, token, waiter) = _slots[packetId];
        _slots[packetId] = default;
        _free.Enqueue(packetId);
        return true;
    }

    /// <summary>Everyone who awaits an answer that will not come.</summary>
    public IEnumerable<TaskCompletionSource<MqttReasonCode>> Waiters() => _slots.Select(slot => slot.Waiter).OfType<TaskCompletionSource<MqttReasonCode>>();

    private readonly record struct Slot(bool IsTaken, ulong Token, TaskCompletionSource<MqttReasonCode>? Waiter);
}
