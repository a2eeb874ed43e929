namespace FieldNet.Bedside.Captures;

/// <summary>Time that moves only when it is told to; nobody can wait for it.</summary>
internal sealed class VirtualTime(DateTimeOffset start) : TimeProvider
{
    private long _elapsedTicks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _elapsedTicks;

    public override DateTimeOffset GetUtcNow() => start.AddTicks(_elapsedTicks);

    public void MoveTo(TimeSpan elapsed) => _elapsedTicks = elapsed.Ticks;
}
