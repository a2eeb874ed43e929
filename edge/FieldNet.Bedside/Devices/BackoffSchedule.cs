namespace FieldNet.Bedside.Devices;

/// <summary>How long to wait before the next try: full jitter in [0, min(cap, base × 2^attempt)].</summary>
internal sealed class BackoffSchedule(TimeSpan shortest, TimeSpan cap, Func<double> random01)
{
    public TimeSpan Next(int attempt) => random01() * Min(cap, shortest * Math.Pow(2, Math.Min(attempt, 30)));

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
