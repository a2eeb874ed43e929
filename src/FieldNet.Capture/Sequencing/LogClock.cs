using FieldNet.Telemetry.Ingress;

namespace FieldNet.Capture.Sequencing;

/// <summary>Log time: UTC at the agent's start, but never before the last record, plus monotonic time since.</summary>
/// <remarks>Threading: any thread.</remarks>
public sealed class LogClock : ILogClock
{
    private readonly TimeProvider _time;
    private readonly long _startedAt;
    private readonly long _startUs;

    /// <param name="notBeforeUs">Log time of the last record; 0 for an empty log.</param>
    public LogClock(TimeProvider time, long notBeforeUs)
    {
        _time = time;
        _startedAt = time.GetTimestamp();
        _startUs = Math.Max(ToUs(time.GetUtcNow()), notBeforeUs);
    }

    /// <inheritdoc/>
    public long NowUs => _startUs + (_time.GetElapsedTime(_startedAt).Ticks / TimeSpan.TicksPerMicrosecond);

    internal static long ToUs(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
}
