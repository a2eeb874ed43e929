using System.Runtime.InteropServices;
using FieldNet.Bedside.Monitors;
using FieldNet.Bedside.Patients;
using FieldNet.Telemetry.Wire;
using Google.Protobuf;
using AlarmKind = FieldNet.Telemetry.Messages.AlarmKind;
using Wire = FieldNet.Telemetry.Wire;

namespace FieldNet.Bedside.Devices;

/// <summary>Puts what the monitor shows into the messages of the contract.</summary>
/// <param name="epoch">Of the simulation.</param>
internal sealed class WireMessages(uint epoch)
{
    /// <summary>Everything here is a demonstration and says so.</summary>
    public Stamp Stamp(long deviceTimeUs) =>
        new() { Epoch = epoch, DeviceTimeUs = deviceTimeUs, Mode = Wire.Stamp.Types.Mode.Demo, Clock = Wire.Stamp.Types.Clock.Ntp };

    /// <summary>The samples are little-endian, as on every machine that .NET runs on today.</summary>
    public static WaveChunk Wave(Wave wave) => new()
    {
        SamplePeriodUs = wave.SamplePeriodUs,
        Gain = wave.Gain,
        Offset = wave.Offset,
        Unit = wave.Unit,
        Samples = ByteString.CopyFrom(MemoryMarshal.AsBytes(wave.Samples)),
    };

    /// <param name="startUs">UTC of the patient's time 0.</param>
    public static Vitals Vitals(IEnumerable<Reading> readings, long startUs)
    {
        var vitals = new Vitals();
        foreach (var reading in readings)
        {
            var numeric = new Numeric
            {
                Signal = reading.Signal,
                Unit = reading.Unit,
                Validity = (Validity)reading.Validity,
                Intermittent = reading.Intermittent,
            };
            if (reading.Value is { } value)
            {
                numeric.Value = value;
            }
            if (reading.Intermittent)
            {
                numeric.MeasuredAtUs = startUs + reading.MeasuredUs;
            }
            vitals.Numerics.Add(numeric);
        }
        return vitals;
    }

    public static AlarmReport Alarms(IEnumerable<ActiveAlarm> alarms, long startUs)
    {
        var report = new AlarmReport { Complete = true };
        foreach (var alarm in alarms)
        {
            var rule = alarm.Rule;
            var condition = new AlarmCondition
            {
                Id = alarm.Id,
                Event = rule.Event,
                EventMdc = rule.EventCode,
                Source = rule.Source,
                Kind = rule.Kind == AlarmKind.Technical ? AlarmCondition.Types.Kind.Technical : AlarmCondition.Types.Kind.Physiological,
                Priority = (AlarmCondition.Types.Priority)rule.Priority,
                Present = true,
                Text = rule.Text,
                Unit = rule.Unit,
                Inactivation = AlarmCondition.Types.Inactivation.Enabled,
                OnsetUs = startUs + alarm.OnsetUs,
            };
            if (alarm.Value is { } value)
            {
                condition.Value = value;
            }
            if (alarm.Low is { } low)
            {
                condition.LowLimit = low;
            }
            if (alarm.High is { } high)
            {
                condition.HighLimit = high;
            }
            report.Conditions.Add(condition);
        }
        return report;
    }

    public static DeviceStatus Status(string serial, DeviceStatus.Types.State state, IEnumerable<string> signals) => new()
    {
        State = state,
        Maker = "FieldNet",
        Model = "Simulated monitor",
        Serial = serial,
        Firmware = "1.0",
        OnMains = true,
        Signals = { signals },
    };
}
