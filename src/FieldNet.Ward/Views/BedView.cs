using FieldNet.Telemetry.Messages;

namespace FieldNet.Ward.Views;

/// <summary>Everything a tile shows, immutable; made anew only when something in it changed.</summary>
public sealed record BedView
{
    /// <summary>Order of appearance, dense from 0, stable for the life of the log.</summary>
    public required int Index { get; init; }

    public required string Ward { get; init; }

    public required string Bed { get; init; }

    /// <summary>Number of the record that changed it last: newer is greater.</summary>
    public required long Version { get; init; }

    public required BedCondition State { get; init; }

    /// <summary>Highest priority among the conditions that stand; Unspecified is none.</summary>
    public required AlarmPriority Alarm { get; init; }

    /// <summary>Cause of a technical condition (<c>agent</c>, <c>device</c>, <c>gateway</c>…), or empty.</summary>
    public required string Cause { get; init; }

    public required LinkGrade Link { get; init; }

    public required double? DelayMs { get; init; }

    public required double? LossRatio { get; init; }

    public required DataMode Mode { get; init; }

    public required IReadOnlyList<DeviceView> Devices { get; init; }

    public required IReadOnlyList<NumericView> Numerics { get; init; }

    public required IReadOnlyList<WaveView> Waves { get; init; }

    /// <summary>Highest priority first, then oldest first.</summary>
    public required IReadOnlyList<AlarmView> Alarms { get; init; }

    /// <summary>The page's name for it: <c>icu1/bed-03</c>, with the site before it if that is not the unit's own.</summary>
    public required string Key { get; init; }
}
