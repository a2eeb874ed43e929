using FieldNet.Telemetry.Messages;
using FieldNet.Ward.State;
using FieldNet.Ward.Views;
using DeviceState = FieldNet.Ward.State.DeviceState;

namespace FieldNet.Ward;

/// <summary>Draws the state as immutable views, anew only for beds that changed.</summary>
/// <remarks>A cache over the state, not part of it. Threading: the processor's thread.</remarks>
internal sealed class TileViews(WardState ward)
{
    /// <summary>A waveform moves its own blanking time with each piece; a tile is drawn anew for that at this pace only.</summary>
    private const long WaveRefreshUs = 500_000;

    private readonly List<Drawn> _drawn = [];

    public WardSnapshot Snapshot()
    {
        var beds = ward.Beds.Where(bed => bed.HasTile).ToArray();
        var views = new BedView[beds.Length];
        var heard = new long[beds.Length];
        for (var i = 0; i < beds.Length; i++)
        {
            views[i] = View(i, beds[i]);
            heard[i] = beds[i].HeardUs;
        }

        return new WardSnapshot(ward.Record, ward.LogTimeUs, ward.Site, views, heard);
    }

    private BedView View(int index, BedState bed)
    {
        if (index == _drawn.Count)
        {
            _drawn.Add(default);
        }

        var drawn = _drawn[index];
        var moving = bed.HeardUs > drawn.HeardUs && ward.LogTimeUs - drawn.AtUs >= WaveRefreshUs;
        if (drawn.View is null || drawn.Version != bed.Version || moving)
        {
            drawn = new Drawn(Draw(index, bed), bed.Version, bed.HeardUs, ward.LogTimeUs);
            _drawn[index] = drawn;
        }

        return drawn.View!;
    }

    private BedView Draw(int index, BedState bed)
    {
        var devices = bed.Devices.ConvertAll(i => ward.Devices[i]);
        var sources = devices.FindAll(device => device.IsSource);
        var state = BedStateOf(sources);
        var alarms = devices.SelectMany(Alarms).Concat(devices.SelectMany(LinkAlarms))
            .OrderByDescending(alarm => alarm.Condition.Priority).ThenBy(alarm => alarm.SinceUs).ThenBy(alarm => alarm.Id, StringComparer.Ordinal).ToArray();
        var views = devices.ConvertAll(View);
        return new BedView
        {
            Index = index,
            Key = bed.Key,
            Ward = bed.Ward,
            Bed = bed.Bed,
            Version = ward.Record,
            State = state,
            Alarm = alarms.Length > 0 ? alarms[0].Condition.Priority : AlarmPriority.Unspecified,
            Cause = sources.Exists(device => device.UnknownBecauseOfAgent) ? "agent" : bed.Cause,
            Link = sources.Count > 0 ? sources.Max(GradeOf) : LinkGrade.Unknown,
            DelayMs = sources.Max(device => device.Delay.Ms),
            LossRatio = sources.Max(device => device.Loss.Ratio),
            Mode = devices.Count > 0 ? devices.Max(device => device.Mode) : DataMode.Unspecified,
            Devices = views,
            Numerics = [.. devices.SelectMany(device => device.Numerics.Select(numeric => View(device, numeric)))],
            Waves = [.. devices.SelectMany(device => device.Waves.Select(wave => View(device, wave)))],
            Alarms = alarms,
        };
    }

    /// <summary>The worst of its sources; standby or setup only if nothing at the bed is live or missing.</summary>
    private static BedCondition BedStateOf(List<DeviceState> sources)
    {
        var active = sources.FindAll(device => device.State <= BedCondition.Lost);
        return active.Count > 0 ? active.Max(device => device.State)
            : sources.Count > 0 ? sources.Max(device => device.State)
            : BedCondition.Empty;
    }

    private static DeviceView View(DeviceState device) => new(
        device.Id, device.State, device.Identity.State, device.Identity.Maker, device.Identity.Model, device.Identity.Serial, device.Identity.Firmware,
        device.Identity.OnMains, device.Identity.BatteryPercent, GradeOf(device), device.Delay.Ms, device.Loss.Ratio, device.MessagesPerSecond);

    private NumericView View(DeviceState device, NumericState numeric) => new(
        numeric.Signal, device.Id, numeric.State == BedCondition.Stale ? null : numeric.Value, numeric.State, numeric.Validity, numeric.Intermittent, numeric.MeasuredUs,
        numeric.Intermittent ? long.MaxValue : numeric.CurrentAtUs + ward.Options.Ages.RemoveAfterUs(device.Vitals.Period.PeriodUs));

    private WaveView View(DeviceState device, WaveState wave) =>
        new(wave.Signal, device.Id, wave.State, wave.SamplePeriodUs, wave.Period.LastUs + ward.Options.Ages.WaveBlankUs);

    private static IEnumerable<AlarmView> Alarms(DeviceState device) =>
        device.Conditions.Select(standing => new AlarmView(standing.Episode.Id, device.Id, standing.Phase, standing.Condition, standing.Episode.OnsetUs));

    /// <summary>FieldNet's own technical alarm about the link, beside the bedside's.</summary>
    private static IEnumerable<AlarmView> LinkAlarms(DeviceState device)
    {
        if (device.Silence is { } silence)
        {
            var lost = device.State == BedCondition.Lost;
            yield return new AlarmView(silence.Id, device.Id, AlarmPhase.ActiveUnacknowledged, new AlarmCondition
            {
                Id = silence.Id,
                Event = lost ? "FIELDNET_LINK_LOST" : "FIELDNET_LINK_SILENT",
                Kind = AlarmKind.Technical,
                Priority = (AlarmPriority)silence.Severity,
                Present = true,
                Text = lost ? "Link lost" : "Link silent",
            }, silence.OnsetUs);
        }
    }

    public static LinkGrade GradeOf(DeviceState device)
    {
        if (device.State == BedCondition.Lost)
        {
            return LinkGrade.Lost;
        }

        if (device.State is BedCondition.Late or BedCondition.Stale)
        {
            return LinkGrade.Poor;
        }

        var delay = device.Delay.Ms is not { } ms ? LinkGrade.Unknown : ms < 100 ? LinkGrade.Good : ms < 200 ? LinkGrade.Fair : LinkGrade.Poor;
        var loss = device.Loss.Ratio is not { } ratio ? LinkGrade.Unknown : ratio < 0.005 ? LinkGrade.Good : ratio < 0.02 ? LinkGrade.Fair : LinkGrade.Poor;
        return (LinkGrade)Math.Max((byte)delay, (byte)loss);
    }

    private readonly record struct Drawn(BedView? View, long Version, long HeardUs, long AtUs);
}
