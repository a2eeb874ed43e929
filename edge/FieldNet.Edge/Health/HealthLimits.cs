namespace FieldNet.Edge.Health;

/// <summary>Where a figure leaves its usual range, and where it is back in it.</summary>
internal sealed record HealthLimits
{
    /// <summary>What a bedside's delay varies by on a good radio link is more than this.</summary>
    public HealthLimit GcPauseMs { get; init; } = new(20, 10);

    /// <inheritdoc cref="GcPauseMs"/>
    public HealthLimit ReadLagMs { get; init; } = new(20, 10);

    /// <summary>A record waits some milliseconds at most while the processor keeps up.</summary>
    public HealthLimit QueueMs { get; init; } = new(100, 50);

    /// <summary>Of all cores: above it the next burst finds none free.</summary>
    public HealthLimit CpuShare { get; init; } = new(0.9, 0.75);
}
