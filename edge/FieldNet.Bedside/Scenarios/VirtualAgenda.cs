namespace FieldNet.Bedside.Scenarios;

/// <summary>What happens next in virtual time. What was put in first comes first at one time.</summary>
internal sealed class VirtualAgenda
{
    private readonly PriorityQueue<VirtualStep, (long, long)> _steps = new();
    private long _count;

    public void Add(long atUs, in VirtualStep step) => _steps.Enqueue(step, (atUs, ++_count));

    public void Add(long atUs, Action<long> action) => Add(atUs, new VirtualStep { Action = action });

    public bool TryTake(out VirtualStep step, out long atUs)
    {
        bool any = _steps.TryDequeue(out step, out var place);
        atUs = place.Item1;
        return any;
    }
}
