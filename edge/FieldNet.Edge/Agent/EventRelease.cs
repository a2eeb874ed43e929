using FieldNet.Telemetry.Ingress;

namespace FieldNet.Edge.Agent;

/// <summary>The loop that lets events go once their records are committed.</summary>
internal sealed class EventRelease
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(100);

    private readonly EventFile _events;
    private readonly ICommitMark _marks;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _loop;

    public EventRelease(EventFile events, ICommitMark marks, TimeProvider time)
    {
        (_events, _marks) = (events, marks);
        _loop = RunAsync(time);
    }

    /// <summary>Ends the loop and releases what the last commit covers. May be called twice.</summary>
    public async Task StopAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(false);
    }

    private async Task RunAsync(TimeProvider time)
    {
        using var timer = new PeriodicTimer(Every, time);
        try
        {
            while (await timer.WaitForNextTickAsync(_stopping.Token).ConfigureAwait(false))
            {
                _events.Release(_marks);
            }
        }
        catch (OperationCanceledException)
        {
            _events.Release(_marks);
        }
    }
}
