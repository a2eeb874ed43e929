using FieldNet.Edge.Agent;
using FieldNet.Mqtt.Endpoint;
using FieldNet.Mqtt.Transport;
using FieldNet.Telemetry.Records;

namespace FieldNet.Edge.Health;

/// <summary>Looks once a second at how the agent itself does, and puts what is out of order into the log, so that nobody else is blamed for it.</summary>
/// <remarks>Lifetime: from its making, which begins to look, to <see cref="DisposeAsync"/>. Loss: none that matters: what finds no room in the ring is told by the stall that it is.</remarks>
internal sealed class HealthWatch : IAsyncDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    private readonly AgentHealth _health;
    private readonly QueueWait _queue;
    private readonly AgentRecords _records;
    private readonly EpollTransport? _sockets;
    private readonly MqttMetrics? _mqtt;
    private readonly TimeProvider _time;
    private readonly CollectionPauses _collections = new();
    private readonly PeriodicTimer _timer;
    private readonly Task _running;
    private TimeSpan _cpu = Environment.CpuUsage.TotalTime;
    private long _lookedAt;
    private long _pauses;

    /// <param name="sockets">Null where another reads them: then that figure is unknown.</param>
    /// <param name="mqtt">Null with another's broker.</param>
    public HealthWatch(HealthLimits limits, QueueWait queue, AgentRecords records, EpollTransport? sockets, MqttMetrics? mqtt, TimeProvider time)
    {
        (_health, _queue, _records, _sockets, _mqtt, _time) = (new AgentHealth(limits), queue, records, sockets, mqtt, time);
        _lookedAt = time.GetTimestamp();

        // What a start reads of the log waited for nobody.
        queue.TakeLongest();
        sockets?.TakeLongestWait();
        _timer = new PeriodicTimer(Every, time);
        _running = RunAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _timer.Dispose();
        await _running.ConfigureAwait(false);
    }

    private async Task RunAsync()
    {
        while (await _timer.WaitForNextTickAsync().ConfigureAwait(false))
        {
            if (_health.Judge(Take()) is { } report)
            {
                _records.TryPost(RecordKind.Health, report.ToJson());
            }
        }
    }

    private HealthFigures Take()
    {
        var (cpu, now, pauses) = (Environment.CpuUsage.TotalTime, _time.GetTimestamp(), _mqtt?.LanePauses ?? 0);
        var share = (cpu - _cpu) / (_time.GetElapsedTime(_lookedAt, now) * Environment.ProcessorCount);
        var hadToWait = pauses > _pauses;
        (_cpu, _lookedAt, _pauses) = (cpu, now, pauses);
        return new HealthFigures(
            _collections.TakeLongest().TotalMilliseconds, _sockets?.TakeLongestWait().TotalMilliseconds, _queue.TakeLongest().TotalMilliseconds, share, hadToWait);
    }
}
