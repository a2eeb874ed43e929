namespace FieldNet.Bedside.Devices;

/// <summary>UTC at the start plus monotonic time since: no step of the wall clock gets in.</summary>
internal sealed class SimulationClock(TimeProvider time)
{
    private static readonly DateTimeOffset EpochBegins = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly long _startTimestamp = time.GetTimestamp();

    public DateTimeOffset Start { get; } = time.GetUtcNow();

    /// <summary>Greater at each start: seconds since 2020.</summary>
    public uint Epoch => (uint)(Start - EpochBegins).TotalSeconds;

    public TimeSpan Elapsed => time.GetElapsedTime(_startTimestamp);

    public long ElapsedUs => Elapsed.Ticks / TimeSpan.TicksPerMicrosecond;

    public long UtcUs(long elapsedUs) => (Start - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond + elapsedUs;
}
