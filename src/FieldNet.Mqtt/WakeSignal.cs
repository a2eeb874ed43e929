using System.Threading.Tasks.Sources;

namespace FieldNet.Mqtt;

/// <summary>Wakes one waiting loop, without garbage; a call made while nobody waits is remembered once.</summary>
/// <remarks>Threading: any number of callers of <see cref="Set"/>, one waiter at a time, woken on the thread pool.</remarks>
internal sealed class WakeSignal : IValueTaskSource
{
    private const int Quiet = 0;
    private const int Remembered = 1;
    private const int Waiting = 2;

    private ManualResetValueTaskSourceCore<bool> _core = new() { RunContinuationsAsynchronously = true };
    private int _state;

    public void Set()
    {
        if (Interlocked.Exchange(ref _state, Remembered) == Waiting)
        {
            // The waiter runs after this store, so it sees whatever other callers had to tell until now.
            Volatile.Write(ref _state, Quiet);
            _core.SetResult(true);
        }
    }

    public ValueTask WaitAsync()
    {
        if (Interlocked.CompareExchange(ref _state, Quiet, Remembered) == Remembered)
        {
            return ValueTask.CompletedTask;
        }

        _core.Reset();
        if (Interlocked.CompareExchange(ref _state, Waiting, Quiet) == Quiet)
        {
            return new ValueTask(this, _core.Version);
        }

        Interlocked.Exchange(ref _state, Quiet);
        return ValueTask.CompletedTask;
    }

    void IValueTaskSource.GetResult(short token) => _core.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);
}
