namespace FieldNet.Slice.Stamp;

/// <summary>The two clocks of a measurement: wall time for packets, monotonic time for spans.</summary>
/// <remarks>Units: nanoseconds. Threading: any.</remarks>
internal sealed class StampClock(TimeProvider time)
{
    /// <summary>Since 1970 UTC; may step.</summary>
    public long UtcNs => (time.GetUtcNow().UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) * TimeSpan.NanosecondsPerTick;

    /// <summary>Never steps; its zero means nothing.</summary>
    public long ElapsedNs => (long)(time.GetTimestamp() * (1e9 / time.TimestampFrequency));
}
