namespace FieldNet.Ward.Rules;

/// <summary>How old what may be before it is late, removed or lost.</summary>
/// <remarks>Source: docs/protocol.md, "Ages". Units: microseconds.</remarks>
internal static class AgeLimits
{
    public const long WaveBlankUs = 1_500_000;
    public const long DeviceLostUs = 10_000_000;

    /// <summary>A device that sends nothing but its alarms does so every 10 s: three of those.</summary>
    public const long AlarmsOnlyLostUs = 30_000_000;

    /// <summary>A condition that its live device has not confirmed for this long is unknown, never cleared.</summary>
    public const long ConditionUnconfirmedUs = 30_000_000;

    /// <summary>Values that were still on their way when a device said that it goes off.</summary>
    public const long AfterglowUs = 5_000_000;

    /// <summary>How long a device may take to come back after our own start before it is called silent.</summary>
    public const long ReturnAfterAgentUs = 15_000_000;

    /// <summary>A stream silent for this long, on a device that goes on speaking, has ended and no longer marks the tile.</summary>
    public const long StreamEndedUs = 60_000_000;

    /// <summary>The greater of 1 s and 3 periods; 5 s while the period is unknown.</summary>
    public static long LateAfterUs(double periodUs) => periodUs > 0 ? (long)Math.Clamp(3 * periodUs, 1e6, 30e6) : 5_000_000;

    /// <summary>3 periods, not before 4 s and not after 10 s; 10 s while the period is unknown.</summary>
    public static long RemoveAfterUs(double periodUs) => periodUs > 0 ? (long)Math.Clamp(3 * periodUs, 4e6, 10e6) : 10_000_000;
}
