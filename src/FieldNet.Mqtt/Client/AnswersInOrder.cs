namespace FieldNet.Mqtt.Client;

/// <summary>Received messages that their user has not acknowledged, oldest first: answers leave in the order of arrival (4.6.0-2), whatever the order of the calls.</summary>
/// <remarks>Threading: under the session's lock. Bounded: nothing is added while it is full.</remarks>
internal sealed class AnswersInOrder(int capacity)
{
    private readonly Queue<ushort> _waiting = new();
    private readonly Dictionary<ushort, (byte Qos, bool IsReady)> _answers = [];

    public bool IsFull => _waiting.Count >= capacity;

    /// <returns>False for an identifier that is waiting already.</returns>
    public bool TryAdd(ushort packetId, byte qos)
    {
        if (!_answers.TryAdd(packetId, (qos, IsReady: false)))
        {
            return false;
        }

        _waiting.Enqueue(packetId);
        return true;
    }

    /// <returns>False for an identifier that is not waiting.</returns>
    public bool TryMarkReady(ushort packetId)
    {
        if (!_answers.TryGetValue(packetId, out var answer))
        {
            return false;
        }

        _answers[packetId] = answer with { IsReady = true };
        return true;
    }

    /// <summary>Takes the oldest, once it is ready.</summary>
    public bool TryTakeReady(out ushort packetId, out byte qos)
    {
        qos = 0;
        if (!_waiting.TryPeek(out packetId) || !_answers[packetId].IsReady)
        {
            return false;
        }

        qos = _answers[packetId].Qos;
        _waiting.Dequeue();
        _answers.Remove(packetId);
        return true;
    }
}
