using FieldNet.Mqtt.Packets;

namespace FieldNet.Mqtt.Client;

/// <summary>The SUBSCRIBE and UNSUBSCRIBE packets of one connection that await their answer.</summary>
/// <remarks>Threading: under the session's lock.</remarks>
internal sealed class PendingRequests
{
    /// <summary>Above the identifiers of messages, so that the two never meet.</summary>
    private const ushort First = 0x8000;

    private readonly Dictionary<ushort, TaskCompletionSource<MqttReasonCode[]>> _waiters = [];
    private ushort _last = ushort.MaxValue;

    public ushort Add(TaskCompletionSource<MqttReasonCode[]> waiter)
    {
        do
        {
            _last = _last == ushort.MaxValue ? First : (ushort)(_last + 1);
        }
        while (!_waiters.TryAdd(_last, waiter));

        return _last;
    }

    public bool TryTake(ushort packetId, out TaskCompletionSource<MqttReasonCode[]>? waiter) => _waiters.Remove(packetId, out waiter);

    public IReadOnlyList<TaskCompletionSource<MqttReasonCode[]>> TakeAll()
    {
        TaskCompletionSource<MqttReasonCode[]>[] all = [.. _waiters.Values];
        _waiters.Clear();
        return all;
    }
}
