namespace FieldNet.History.Trends;

/// <summary>How long numbers are kept, each form for itself.</summary>
public sealed record TrendRetention
{
    /// <summary>Every value. Default: 30 days, about 1 GB for 64 beds.</summary>
    public TimeSpan Full { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Roll-ups of 10 s. Default: 90 days.</summary>
    public TimeSpan TenSeconds { get; init; } = TimeSpan.FromDays(90);

    /// <summary>Roll-ups of one minute. Default: 400 days.</summary>
    public TimeSpan Minute { get; init; } = TimeSpan.FromDays(400);

    /// <summary>What is older than this, at a time of the log, is kept no longer; microseconds.</summary>
    internal long OldestUs(Resolution resolution, long nowUs) =>
        nowUs - ((resolution.Seconds switch { 0 => Full, 10 => TenSeconds, _ => Minute }).Ticks / TimeSpan.TicksPerMicrosecond);
}
