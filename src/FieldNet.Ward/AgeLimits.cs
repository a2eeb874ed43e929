namespace FieldNet.Ward;

/// <summary>How old what may be before it is late, removed or lost.</summary>
/// <remarks>Source: docs/protocol.md, "Ages"; the defaults are its figures. Units: microseconds.</remarks>
public sealed record AgeLimits
{
    /// <summary>Values that were still on their way when a device said that it goes off.</summary>
    internal const long AfterglowUs = 5_000_000;

    /// <summary>A waveform's trace is blank. Default 1.5 s.</summary>
    public long WaveBlankUs { get; init; } = 1_500_000;

    /// <summary>A bed whose device has said nothing is lost. Default 10 s.</summary>
    public long DeviceLostUs { get; init; } = 10_000_000;

    /// <summary>The same for a device that sends nothing but its alarms, every 10 s. Default three of those.</summary>
    public long AlarmsOnlyLostUs { get; init; } = 30_000_000;

    /// <summary>A condition that its live device has not confirmed is unknown, never cleared. Default 30 s.</summary>
    public long ConditionUnconfirmedUs { get; init; } = 30_000_000;

    /// <summary>How long a device may take to come back after our own start before it is called silent. Default 15 s.</summary>
    public long ReturnAfterAgentUs { get; init; } = 15_000_000;

    /// <summary>A stream silent for this long, on a device that goes on speaking, has ended and no longer marks the tile. Default 60 s.</summary>
    public long StreamEndedUs { get; init; } = 60_000_000;

    /// <summary>A stream is late past 3 of its periods, and no sooner than this. Default 1 s.</summary>
    public long LateAtLeastUs { get; init; } = 1_000_000;

    /// <summary>A continuous number is removed past 3 of its periods, and no sooner than this. Default 4 s.</summary>
    public long RemoveAtLeastUs { get; init; } = 4_000_000;

    /// <summary>… and no later than this. Default 10 s.</summary>
    public long RemoveAtMostUs { get; init; } = 10_000_000;

    /// <summary>5 s while the period is unknown.</summary>
    internal long LateAfterUs(double periodUs) => periodUs > 0 ? (long)Math.Clamp(3 * periodUs, LateAtLeastUs, 30e6) : 5_000_000;

    /// <summary>As late as it may be while the period is unknown.</summary>
    internal long RemoveAfterUs(double periodUs) => periodUs > 0 ? (long)Math.Clamp(3 * periodUs, RemoveAtLeastUs, RemoveAtMostUs) : RemoveAtMostUs;
}
