namespace FieldNet.Ward;

/// <summary>From where on a device's link is called lossy or slow, and when no longer.</summary>
/// <remarks>Source: docs/protocol.md. On and off lie apart so that an event does not flutter.</remarks>
public sealed record LinkLimits
{
    /// <summary>Share of messages lost in the last 10 s that begins an event. Default 0.02.</summary>
    public double LossOn { get; init; } = 0.02;

    /// <summary>The share below which it ends. Default 0.005.</summary>
    public double LossOff { get; init; } = 0.005;

    /// <summary>Delay above the fastest that begins an event, milliseconds. Default 130: in the middle of the grade "fair".</summary>
    public double DelayOnMs { get; init; } = 130;

    /// <summary>The delay below which it ends. Default 65.</summary>
    public double DelayOffMs { get; init; } = 65;

    /// <summary>How long either must last, microseconds. Default 2 s.</summary>
    public long HoldUs { get; init; } = 2_000_000;
}
