using FieldNet.Telemetry.Messages;
using FieldNet.Telemetry.Signals;
using FieldNet.Ward.Views;

namespace FieldNet.Dashboard.Tests.Fakes;

/// <summary>A ward whose beds the test sets.</summary>
internal sealed class FakeWard(ManualClock clock) : IWardViews
{
    private readonly List<BedView> _beds = [];

    public long Record { get; set; }

    public static Signal HeartRate { get; } = Numeric("MDC_ECG_HEART_RATE", 0);

    public static Signal Temperature { get; } = Numeric("MDC_TEMP", 1);

    /// <summary>Adds the bed, or puts it in place of the one with its index.</summary>
    public void Set(BedView bed)
    {
        if (bed.Index == _beds.Count)
        {
            _beds.Add(bed);
        }

        _beds[bed.Index] = bed;
    }

    /// <summary>What <see cref="Network"/> says from now on.</summary>
    public NetworkView Net { get; set; } = NetworkView.Empty;

    /// <summary>How often it was asked.</summary>
    public int NetworksTaken { get; private set; }

    public NetworkView Network()
    {
        NetworksTaken++;
        return Net;
    }

    public WardSnapshot Snapshot() => new(Record, clock.NowUs, "chu", [.. _beds], [.. _beds.Select(_ => clock.NowUs)]);

    public static BedView Bed(int index, double? heartRate = 72, params string[] waves) => new()
    {
        Index = index,
        Ward = "icu1",
        Bed = $"bed-{index + 1:00}",
        Key = $"icu1/bed-{index + 1:00}",
        Version = 1,
        State = BedCondition.Live,
        Alarm = AlarmPriority.Unspecified,
        Cause = "",
        Link = LinkGrade.Good,
        DelayMs = 12,
        LossRatio = 0,
        Mode = DataMode.Demo,
        Devices = [],
        Numerics = [new(HeartRate, "mon1", heartRate, heartRate is null ? BedCondition.Stale : BedCondition.Live, Validity.Valid, false, 1, 2)],
        Waves = [.. waves.Select(id => new WaveView(Wave(id), "mon1", BedCondition.Live, 4000, 0))],
        Alarms = [],
    };

    public static Signal Numeric(string id, int decimals) => new()
    {
        Id = id,
        Code = 0,
        Kind = SignalKind.Numeric,
        Unit = "",
        LabelEn = id,
        LabelFr = id,
        IsStandard = true,
        Decimals = decimals,
    };

    public static Signal Wave(string id) => new()
    {
        Id = id,
        Code = 0,
        Kind = SignalKind.Wave,
        Unit = "mV",
        LabelEn = id,
        LabelFr = id,
        IsStandard = true,
    };
}
