using FieldNet.Telemetry.Ingress;

namespace FieldNet.Edge.Agent;

/// <summary>The loop that lets events go once their records are committed.</summary>
/// <remarks>Lifetime: disposing it ends the loop and releases what the last commit covers; doing so twice is no fault.</remarks>
internal sealed class EventRelease : IAsyncDisposable
{
    private readonly PeriodicTimer _timer;
    private readonly Task _loop;

    public EventRelease(AgentEvents events, ICommitMark marks, TimeProvider time)
    {
        _timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100), time);
        _loop = RunAsync(events, marks);
    }

    public async ValueTask DisposeAsync()
    {
        _timer.Dispose();
        await _loop.ConfigureAwait(false);
    }

    private async Task RunAsync(AgentEvents events, ICommitMark marks)
    {
        while (await _timer.WaitForNextTickAsync().ConfigureAwait(false))
        {
            events.Release(marks);
        }

        events.Release(marks);
    }
}
