using FieldNet.Telemetry.Messages;
using FieldNet.Telemetry.Signals;

namespace FieldNet.Telemetry.Tests.Messages;

/// <summary>Asserts that a decoded message says what the generated code read from the same bytes.</summary>
internal static class Agreement
{
    private const long EndOfTimeUs = 253_402_300_800_000_000;

    public static void Check(Wire.WaveChunk wire, in WaveChunk chunk)
    {
        Check(wire.Stamp, chunk.Stamp);
        Assert.Equal((wire.SamplePeriodUs, wire.Gain, wire.Offset), (chunk.SamplePeriodUs, chunk.Gain, chunk.Offset));
        Assert.True(wire.Samples.Span.SequenceEqual(chunk.Samples));
        Assert.Equal(Known(wire.Validity, Validity.Invalid), chunk.Validity);
    }

    public static void Check(Wire.Vitals wire, Vitals vitals)
    {
        Check(wire.Stamp, vitals.Stamp);
        Assert.Equal(wire.Numerics.Count, vitals.Count);
        for (var i = 0; i < vitals.Count; i++)
        {
            var (sent, read) = (wire.Numerics[i], vitals.Numerics[i]);
            Assert.Equal((Refusal.None, sent.HasValue), (read.Refusal, read.HasValue));
            Assert.Same(sent.Mdc != 0 ? SignalTable.Find(sent.Mdc) : SignalTable.Find(sent.Signal), read.Signal);
            Assert.Equal(sent.HasValue ? sent.Value : 0, read.Value);
            Assert.Equal(Known(sent.Validity, Validity.Invalid), read.Validity);
            Assert.Equal((sent.Intermittent, Time(sent.MeasuredAtUs)), (read.Intermittent, read.MeasuredAtUs));
        }
    }

    public static void Check(Wire.AlarmReport wire, AlarmReport report)
    {
        Check(wire.Stamp, report.Stamp);
        Assert.Equal(wire.Complete, report.Complete);
        Assert.Equal(wire.Conditions.Count, report.Conditions.Count);
        foreach (var (sent, read) in wire.Conditions.Zip(report.Conditions))
        {
            Assert.Equal(sent.Id, read.Id);
            Assert.Equal((sent.Event, sent.EventMdc, sent.Text, sent.Unit), (read.Event, read.EventCode, read.Text, read.Unit));
            Assert.Equal(sent.Source.Length > 0 ? sent.Source : SignalTable.Find(sent.SourceMdc)?.Id ?? "", read.Source);
            Assert.Equal(Known(sent.Kind, AlarmKind.Unspecified), read.Kind);
            Assert.Equal(Known(sent.Priority, sent.Present || sent.Latched ? AlarmPriority.High : AlarmPriority.Unspecified), read.Priority);
            Assert.Equal(Known(sent.Inactivation, AlarmInactivation.Enabled), read.Inactivation);
            Assert.Equal((sent.Present, sent.Latched, Time(sent.OnsetUs)), (read.Present, read.Latched, read.OnsetUs));
            Assert.Equal(Number(sent.HasValue, sent.Value), read.Value);
            Assert.Equal(Number(sent.HasLowLimit, sent.LowLimit), read.LowLimit);
            Assert.Equal(Number(sent.HasHighLimit, sent.HighLimit), read.HighLimit);
        }
    }

    public static void Check(Wire.DeviceStatus wire, DeviceStatus status)
    {
        Check(wire.Stamp, status.Stamp);
        Assert.Equal(Known(wire.State, DeviceState.Unspecified), status.State);
        Assert.Equal((wire.Maker, wire.Model, wire.Serial), (status.Maker, status.Model, status.Serial));
        Assert.Equal((wire.Udi, wire.Firmware), (status.Udi, status.Firmware));
        Assert.Equal(wire.HasOnMains ? wire.OnMains : null, status.OnMains);
        Assert.Equal(Number(wire.HasBatteryPercent, wire.BatteryPercent, 0, 100), status.BatteryPercent);
        Assert.Equal(wire.Signals, status.Signals);
    }

    public static void Check(Wire.LinkReport wire, LinkReport report)
    {
        Check(wire.Stamp, report.Stamp);
        Assert.Equal(wire.Serves, report.Serves);
        Assert.Equal(Enum.IsDefined(wire.Registration) ? (byte)wire.Registration : 0, report.Registration);
        Assert.Equal((wire.Rat, wire.Iccid, wire.ImsiHash), (report.Rat, report.Iccid, report.ImsiHash));
        Assert.Equal((wire.Ip, wire.SliceSd), (report.Ip, report.SliceSd));
        Assert.Equal((wire.Band, wire.Arfcn, wire.Pci), (report.Band ?? 0, report.Arfcn ?? 0, report.Pci ?? 0));
        Assert.Equal((wire.NrCellId, wire.Tac), (report.NrCellId ?? 0, report.Tac ?? 0));
        Assert.Equal((wire.SliceSst, wire.FiveQi), (report.SliceSst ?? 0, report.FiveQi ?? 0));
        Assert.NotEqual(0u, report.Pci);
        Assert.Equal(Number(wire.HasRsrpDbm, wire.RsrpDbm), report.RsrpDbm);
        Assert.Equal(Number(wire.HasRsrqDb, wire.RsrqDb), report.RsrqDb);
        Assert.Equal(Number(wire.HasSinrDb, wire.SinrDb), report.SinrDb);
        Assert.Equal(Number(wire.HasRttMs, wire.RttMs, 0), report.RttMs);
        Assert.Equal(Number(wire.HasLossRatio, wire.LossRatio, 0, 1), report.LossRatio);
        Assert.Equal(wire.HasOnMains ? wire.OnMains : null, report.OnMains);
        Assert.Equal(Number(wire.HasBatteryPercent, wire.BatteryPercent, 0, 100), report.BatteryPercent);
    }

    private static void Check(Wire.Stamp? wire, Stamp stamp)
    {
        wire ??= new();
        Assert.Equal((wire.HasEpoch, wire.Epoch), (stamp.HasEpoch, stamp.Epoch));
        Assert.Equal((wire.HasSeq, wire.Seq), (stamp.HasSeq, stamp.Seq));
        Assert.Equal((wire.HasDeviceTimeUs && IsTime(wire.DeviceTimeUs), Time(wire.DeviceTimeUs)), (stamp.HasDeviceTime, stamp.DeviceTimeUs));
        Assert.Equal((wire.HasSentTimeUs && IsTime(wire.SentTimeUs), Time(wire.SentTimeUs)), (stamp.HasSentTime, stamp.SentTimeUs));
        Assert.Equal(wire.Historical, stamp.Historical);
        Assert.Equal(Known(wire.Mode, DataMode.Test), stamp.Mode);
        Assert.Equal(Known(wire.Clock, ClockKind.Unspecified), stamp.Clock);
    }

    private static bool IsTime(long us) => us is >= 0 and < EndOfTimeUs;

    private static long Time(long us) => IsTime(us) ? us : 0;

    private static double? Number(bool isGiven, double value, double lowest = double.MinValue, double highest = double.MaxValue) =>
        isGiven && value >= lowest && value <= highest ? value : null;

    /// <summary>The same number in our enumeration, or what a number unknown to the contract stands for.</summary>
    private static T Known<TWire, T>(TWire wire, T otherwise)
        where TWire : struct, Enum
        where T : struct, Enum =>
        Enum.IsDefined(wire) ? (T)Enum.ToObject(typeof(T), Convert.ToInt32(wire, System.Globalization.CultureInfo.InvariantCulture)) : otherwise;
}
