namespace FieldNet.Edge.Replay;

/// <summary>Holds a replay back to a multiple of real time.</summary>
/// <remarks>Pace only: no decision of the processor depends on it. A jump of over 60 s in the log is passed at once.</remarks>
internal sealed class ReplayPace(double speed, TimeProvider time)
{
    private const long LongestWaitUs = 60_000_000;

    private long _startedAt;
    private long _lastUs;
    private long _skippedUs;
    private long _firstUs;

    /// <returns>How long to wait before going on past a record of this log time.</returns>
    public TimeSpan Before(long logTimeUs)
    {
        if (double.IsPositiveInfinity(speed))
        {
            return TimeSpan.Zero;
        }

        if (_startedAt == 0)
        {
            (_startedAt, _firstUs, _lastUs) = (time.GetTimestamp(), logTimeUs, logTimeUs);
        }

        _skippedUs += logTimeUs - _lastUs > LongestWaitUs ? logTimeUs - _lastUs : 0;
        _lastUs = logTimeUs;
        var due = TimeSpan.FromMicroseconds((logTimeUs - _firstUs - _skippedUs) / speed);
        return due - time.GetElapsedTime(_startedAt);
    }
}
