using FieldNet.Telemetry;
using FieldNet.Telemetry.Messages;
using FieldNet.Telemetry.Records;
using FieldNet.Telemetry.Signals;
using FieldNet.Ward.State;
using DeviceState = FieldNet.Ward.State.DeviceState;

namespace FieldNet.Ward.Rules;

/// <summary>Takes the numbers of a vitals message.</summary>
internal static class VitalsRule
{
    public const int MaxNumerics = 256;

    /// <summary>Why the message as a whole is refused: none of its numbers can be taken. It then changes no bed.</summary>
    public static Refusal WholeRefusal(Vitals vitals)
    {
        var first = Refusal.None;
        foreach (ref readonly var numeric in vitals.Numerics)
        {
            if (numeric.Refusal is Refusal.None or Refusal.ValueSentinel)
            {
                // A sentinel says something, too: that there is no value now.
                return Refusal.None;
            }

            first = first == Refusal.None ? numeric.Refusal : first;
        }

        return first;
    }

    public static void Apply(in RuleContext context, DeviceState device, Vitals vitals, in LogRecord record)
    {
        var verdict = StreamRule.Observe(context, device, ref device.Vitals.Sequence, vitals.Stamp, record, device.Vitals);
        if (!StreamRule.MovesState(verdict) || vitals.Stamp.Historical)
        {
            return;
        }

        var currentAtUs = StreamRule.CurrentAtUs(device, vitals.Stamp, record);
        device.Vitals.Period.Observe(currentAtUs);
        foreach (ref readonly var numeric in vitals.Numerics)
        {
            if (numeric.Refusal != Refusal.None)
            {
                context.Ward.RefusedNumbers[(int)numeric.Refusal]++;
                RefusalRule.Observe(context, numeric.Refusal, device.Subject, [context.BedOf(device).Key]);
            }

            if (numeric.Signal.Id.Length > 0)
            {
                Take(device, numeric, vitals.Stamp, currentAtUs);
            }
        }

        context.Changed(device);
    }

    private static void Take(DeviceState device, in NumericSample sample, in Stamp stamp, long currentAtUs)
    {
        var signal = sample.Signal;
        var numeric = Find(device, signal);
        if (numeric is null)
        {
            if (device.Numerics.Count >= MaxNumerics)
            {
                return;
            }

            numeric = new NumericState { Signal = signal };
            device.Numerics.Add(numeric);
        }

        numeric.Value = sample.HasValue && sample.Refusal == Refusal.None ? sample.Value : null;
        numeric.Validity = sample.Validity;
        numeric.Intermittent = sample.Intermittent;
        numeric.CurrentAtUs = currentAtUs;
        numeric.MeasuredUs = MeasuredUs(sample, stamp, currentAtUs);
        numeric.State = Views.BedCondition.Live;
    }

    private static NumericState? Find(DeviceState device, Signal signal)
    {
        foreach (var numeric in device.Numerics)
        {
            if (ReferenceEquals(numeric.Signal, signal))
            {
                return numeric;
            }
        }

        return null;
    }

    /// <summary>When an intermittent value was measured, carried from the device's clock to ours by the age that the device gives it.</summary>
    private static long MeasuredUs(in NumericSample sample, in Stamp stamp, long currentAtUs)
    {
        var ageUs = sample.MeasuredAtUs > 0 && stamp.HasDeviceTime ? stamp.DeviceTimeUs - sample.MeasuredAtUs : 0;
        return ageUs is >= 0 and < 86_400_000_000 ? currentAtUs - ageUs : currentAtUs;
    }
}
