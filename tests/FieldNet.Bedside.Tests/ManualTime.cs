namespace FieldNet.Bedside.Tests;

/// <summary>A clock that stands still until a test moves it; it has no timers.</summary>
internal sealed class ManualTime : TimeProvider
{
    private long _ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _ticks;

    public override DateTimeOffset GetUtcNow() => new DateTimeOffset(2026, 3, 1, 8, 0, 0, TimeSpan.Zero).AddTicks(_ticks);

    public void AdvanceTo(long us) => _ticks = us * TimeSpan.TicksPerMicrosecond;
}
