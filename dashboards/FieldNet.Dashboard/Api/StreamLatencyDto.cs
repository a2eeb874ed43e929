using FieldNet.Dashboard.Stream;

namespace FieldNet.Dashboard.Api;

/// <summary>How long records took from their sender's socket to a viewer's stream.</summary>
public sealed record StreamLatencyDto(double P50Ms, double P99Ms, double MaxMs)
{
    /// <returns>Null when nothing was measured yet.</returns>
    internal static StreamLatencyDto? Of(StreamLatency latency) =>
        latency.Count == 0 ? null : new(latency.PercentileMs(0.5), latency.PercentileMs(0.99), latency.MaxMs);
}
