namespace FieldNet.Capture.Tests.Sequencing;

/// <summary>Time that moves only when a test says so.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly List<ManualTimer> _timers = [];
    private DateTimeOffset _utc = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);
    private long _monotonicTicks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => _utc;

    public override long GetTimestamp() => _monotonicTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(() => callback(state), period);
        _timers.Add(timer);
        return timer;
    }

    public void Advance(TimeSpan by)
    {
        _utc += by;
        _monotonicTicks += by.Ticks;
        _timers.ForEach(timer => timer.Advance(by));
    }

    public void StepWall(TimeSpan by) => _utc += by;

    private sealed class ManualTimer(Action callback, TimeSpan period) : ITimer
    {
        private TimeSpan _since;

        public void Advance(TimeSpan by)
        {
            for (_since += by; _since >= period; _since -= period)
            {
                callback();
            }
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => throw new NotSupportedException();

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
