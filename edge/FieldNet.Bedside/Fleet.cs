using FieldNet.Bedside.Accounts;
using FieldNet.Bedside.Devices;

namespace FieldNet.Bedside;

/// <summary>All simulated devices, lived by one caller in steps: time comes in with each tick.</summary>
internal sealed class Fleet
{
    private readonly ISimulatedDevice[] _devices;
    private readonly PriorityQueue<ISimulatedDevice, long> _due = new();

    public Fleet(IEnumerable<ISimulatedDevice> devices)
    {
        _devices = [.. devices];
        _due.EnqueueRange(_devices.Select(b => (b, b.NextStepUs)));
    }

    /// <summary>No message waits in a faulty link.</summary>
    public bool IsIdle => _devices.All(b => b.IsIdle);

    public IEnumerable<(string Topic, AcknowledgedRanges Acknowledged)> Ledger =>
        _devices.SelectMany(b => b.Streams).Select(s => (s.Topic, s.Acknowledged));

    public Task[] Connect(CancellationToken cancellationToken) => [.. _devices.SelectMany(b => b.Run(cancellationToken))];

    /// <summary>Lets faults begin and end and each device take the steps that are due.</summary>
    public void Tick(long nowUs)
    {
        Pump(nowUs);
        while (_due.TryPeek(out var device, out long due) && due <= nowUs)
        {
            device.Step(nowUs);
            _due.EnqueueDequeue(device, device.NextStepUs);
        }
    }

    /// <summary>Only moves what waits in the links.</summary>
    public void Pump(long nowUs)
    {
        foreach (var device in _devices)
        {
            device.Pump(nowUs);
        }
    }

    public void TakeLeave(long nowUs)
    {
        foreach (var device in _devices)
        {
            device.TakeLeave(nowUs);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.WhenAll(_devices.Select(b => b.StopAsync(cancellationToken)));
}
