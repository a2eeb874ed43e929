using System.Globalization;
using FieldNet.Telemetry.Messages;
using FieldNet.Telemetry.Signals;
using FieldNet.Ward.Views;

namespace FieldNet.Dashboard.Stream;

/// <summary>Says a bed in the contract's words and units.</summary>
internal static class BedTranslation
{
    /// <summary>What stands where no value may be shown.</summary>
    public const string NoValue = "– –";

    private static readonly string[] Formats = ["F0", "F1", "F2", "F3", "F4", "F5", "F6"];

    public static BedDto ToDto(this BedView bed) => new(
        bed.Index, bed.Key, bed.Ward, bed.Bed, bed.State.Word(), bed.Alarm.Word(), bed.Cause, bed.Link.Word(), bed.Mode.Word(),
        Finite(bed.DelayMs), Finite(bed.LossRatio),
        [.. bed.Devices.Select(ToDto)],
        [.. bed.Numerics.Select(ToDto)],
        [.. bed.Waves.Select(ToDto)],
        [.. bed.Alarms.Where(alarm => alarm.Phase != AlarmPhase.Normal).Select(ToDto)]);

    /// <summary>Milliseconds of the contract from microseconds of the log, exact to the microsecond.</summary>
    public static double ToMs(long us) => us / 1000d;

    /// <summary>A number as it stands on a tile: the signal's own digits, whatever the machine's language.</summary>
    public static string Text(Signal signal, double value)
    {
        var text = value.ToString(Formats[Math.Clamp(signal.Decimals, 0, Formats.Length - 1)], CultureInfo.InvariantCulture);
        return text.AsSpan().ContainsAnyExcept("-0.") ? text : text.TrimStart('-');
    }

    /// <summary>JSON has no word for the others, and one of them would end every page's stream.</summary>
    public static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;

    private static DeviceDto ToDto(DeviceView device) => new(
        device.Id, device.State.Word(), device.Reported.Word(), device.Maker, device.Model, device.Serial, device.Firmware,
        device.OnMains, Finite(device.BatteryPercent), device.Link.Word(), Finite(device.DelayMs), Finite(device.LossRatio),
        device.MessagesPerSecond);

    private static NumericDto ToDto(NumericView numeric)
    {
        // The processor removes stale values already; asked again here, because a stale value must never look live.
        var shown = numeric.State is BedCondition.Live or BedCondition.Late ? Finite(numeric.Value) : null;
        return new NumericDto(
            numeric.Signal.Id, numeric.Device, shown, shown is { } value ? Text(numeric.Signal, value) : NoValue, numeric.State.Word(),
            numeric.Validity.Word(), numeric.Intermittent, ToMs(numeric.MeasuredUs),
            numeric.RemoveAtUs == long.MaxValue ? null : ToMs(numeric.RemoveAtUs));
    }

    private static WaveInfoDto ToDto(WaveView wave) =>
        new(wave.Signal.Id, wave.Device, wave.State.Word(), wave.SamplePeriodUs, ToMs(wave.BlankAtUs));

    private static AlarmDto ToDto(AlarmView alarm)
    {
        var condition = alarm.Condition;
        var audioOff = condition.Inactivation is AlarmInactivation.AudioPaused or AlarmInactivation.AudioOff
            or AlarmInactivation.AlarmPaused or AlarmInactivation.AlarmOff;
        return new AlarmDto(
            alarm.Id, alarm.Device, condition.Priority.Word(), alarm.Phase.Word(), condition.Kind.Word(), condition.Event, condition.Source,
            condition.Text, Finite(condition.Value), Finite(condition.LowLimit), Finite(condition.HighLimit), condition.Unit, audioOff, ToMs(alarm.SinceUs));
    }
}
