using FieldNet.Telemetry.Ingress;

namespace FieldNet.Dashboard.Tests.Fakes;

/// <summary>A log clock that stands still until told.</summary>
internal sealed class ManualClock : ILogClock
{
    private long _nowUs = 1_795_000_000_000_000;

    public long NowUs => Volatile.Read(ref _nowUs);

    public void Advance(TimeSpan by) => Interlocked.Add(ref _nowUs, (long)by.TotalMicroseconds);
}
