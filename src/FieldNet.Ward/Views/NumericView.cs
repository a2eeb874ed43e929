using FieldNet.Telemetry.Messages;
using FieldNet.Telemetry.Signals;

namespace FieldNet.Ward.Views;

/// <summary>One number as it may be shown.</summary>
/// <param name="Value">Null when there is none or it may no longer be shown; the unit is <see cref="Signal.Unit"/>.</param>
/// <param name="State">Live, late, or stale (removed).</param>
/// <param name="MeasuredUs">Log time at which it arrived, or was measured for an intermittent one.</param>
/// <param name="RemoveAtUs">Log time at which it must disappear if nothing newer comes; long.MaxValue for an intermittent one.</param>
public sealed record NumericView(
    Signal Signal, string Device, double? Value, BedCondition State, Validity Validity, bool Intermittent, long MeasuredUs, long RemoveAtUs);
