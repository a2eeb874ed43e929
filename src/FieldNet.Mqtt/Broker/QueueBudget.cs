namespace FieldNet.Mqtt.Broker;

/// <summary>What waits for all subscribers together.</summary>
/// <remarks>
/// Threading: any thread. Shape: two sums, each with the whole limit. What waits at QoS 1 and 2 in lasting sessions is changed on the sequencer
/// thread alone and follows from the records; everything else, which a replay of the log does not see, must not decide over it.
/// </remarks>
internal sealed class QueueBudget(long maxBytes)
{
    private long _lasting;
    private long _passing;

    public bool HasRoom(bool isLasting, int bytes) => Volatile.Read(ref Sum(isLasting)) + bytes <= maxBytes;

    public void Add(bool isLasting, long bytes) => Interlocked.Add(ref Sum(isLasting), bytes);

    private ref long Sum(bool isLasting) => ref isLasting ? ref _lasting : ref _passing;
}
