namespace FieldNet.Mqtt.Client;

/// <summary>How long to wait before the next try: full jitter in [0, min(cap, base × 2^attempt)].</summary>
/// <remarks>Pure arithmetic. The cap is applied last, so it really is the longest wait.</remarks>
public sealed class BackoffSchedule(TimeSpan shortest, TimeSpan cap, Func<double> random01)
{
    public TimeSpan Next(int attempt) => random01() * Min(cap, shortest * Math.Pow(2, Math.Min(attempt, 30)));

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
