using FieldNet.Bedside.Accounts;
using FieldNet.Bedside.Devices;

namespace FieldNet.Bedside;

/// <summary>All simulated beds, lived by one caller in steps: time comes in with each tick.</summary>
internal sealed class Fleet
{
    private readonly BedDevice[] _beds;
    private readonly PriorityQueue<BedDevice, long> _due = new();

    public Fleet(IEnumerable<BedDevice> beds)
    {
        _beds = [.. beds];
        _due.EnqueueRange(_beds.Select(b => (b, b.NextStepUs)));
    }

    /// <summary>No message waits in a faulty link.</summary>
    public bool IsIdle => _beds.All(b => b.IsIdle);

    public IEnumerable<(string Topic, AcknowledgedRanges Acknowledged)> Ledger =>
        _beds.SelectMany(b => b.Streams).Select(s => (s.Topic, s.Acknowledged));

    public Task[] Connect(CancellationToken cancellationToken) => [.. _beds.SelectMany(b => b.Run(cancellationToken))];

    /// <summary>Lets faults begin and end and each bed take the steps that are due.</summary>
    public void Tick(long nowUs)
    {
        Pump(nowUs);
        while (_due.TryPeek(out var bed, out long due) && due <= nowUs)
        {
            bed.Step(nowUs);
            _due.EnqueueDequeue(bed, bed.NextStepUs);
        }
    }

    /// <summary>Only moves what waits in the links.</summary>
    public void Pump(long nowUs)
    {
        foreach (var bed in _beds)
        {
            bed.Pump(nowUs);
        }
    }

    public void TakeLeave(long nowUs)
    {
        foreach (var bed in _beds)
        {
            bed.TakeLeave(nowUs);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.WhenAll(_beds.Select(b => b.StopAsync(cancellationToken)));
}
