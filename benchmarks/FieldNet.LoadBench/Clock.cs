using System.Diagnostics;

namespace FieldNet.LoadBench;

/// <summary>The bench's one clock: UTC at the start plus monotonic time since, as the agent's log clock.</summary>
internal static class Clock
{
    private static readonly long StartedUs = (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
    private static readonly long StartedAt = Stopwatch.GetTimestamp();

    public static long UtcUs => StartedUs + (Stopwatch.GetElapsedTime(StartedAt).Ticks / TimeSpan.TicksPerMicrosecond);
}
