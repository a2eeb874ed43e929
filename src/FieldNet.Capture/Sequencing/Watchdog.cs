namespace FieldNet.Capture.Sequencing;

/// <summary>Calls back once when the processor's thread has not beaten for too long.</summary>
/// <remarks>
/// Threading: the callback runs on a timer thread. A process that was stopped as a whole and goes on (SIGSTOP, a suspended
/// machine) gets the chance to beat: only checks that really ran and saw no beat count.
/// </remarks>
public sealed class Watchdog : IDisposable
{
    private static readonly TimeSpan CheckEvery = TimeSpan.FromSeconds(1);

    private readonly ProcessorBeat _beat;
    private readonly Action _stalled;
    private readonly int _limit;
    private readonly ITimer _timer;
    private long _lastBeat;
    private int _missed;

    /// <param name="limit">Without a beat for this long the callback is called; whole seconds. The agent uses 10 s.</param>
    /// <param name="stalled">Called once; it should end the process.</param>
    public Watchdog(ProcessorBeat beat, TimeSpan limit, TimeProvider time, Action stalled)
    {
        _beat = beat;
        _stalled = stalled;
        _limit = (int)(limit / CheckEvery);
        _lastBeat = beat.Count;
        _timer = time.CreateTimer(static state => ((Watchdog)state!).Check(), this, CheckEvery, CheckEvery);
    }

    public void Dispose() => _timer.Dispose();

    private void Check()
    {
        var beat = _beat.Count;
        if (beat != Interlocked.Exchange(ref _lastBeat, beat))
        {
            Volatile.Write(ref _missed, 0);
        }
        else if (Interlocked.Increment(ref _missed) == _limit)
        {
            _stalled();
        }
    }
}
