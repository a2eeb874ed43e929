using FieldNet.Ward.Events;
using FieldNet.Ward.State;
using FieldNet.Ward.Views;

namespace FieldNet.Ward.Rules;

/// <summary>Says once that a device's link is silent, says when the bed is lost, and says when it speaks again.</summary>
/// <remarks>
/// While the agent itself is the reason (its start, a suspend, its link to another's broker) nobody is called silent, until the device has had time to come back.
/// Severity follows clinical use: a silent link is low; a dark bed medium, or high if a high alarm stood when it went dark.
/// </remarks>
internal static class SilenceRule
{
    /// <summary>A stream that another one of its device has outlived by this share of its period is silent by itself.</summary>
    private const double OutlivedPeriods = 1.5;

    /// <summary>A device that comes back does so stream by stream.</summary>
    private const long ComesBackWithinUs = 10_000_000;

    /// <summary>So long no loss or disorder keeps one stream from being heard.</summary>
    private const long TornForUs = 4_000_000;

    public static void Apply(in RuleContext context, DeviceState device, QuietStreams quiet)
    {
        device.OneQuietStream = device.State != BedCondition.Lost && LoneStream(device, quiet) is not null;
        if (!IsSilent(context, device, quiet) || AwaitedAfterAgent(context, device))
        {
            End(context, device);
            return;
        }

        if (device.Silence is null)
        {
            Begin(context, device, quiet);
        }
        else if (SeverityOf(device) > device.Silence.Severity)
        {
            device.Silence.Severity = SeverityOf(device);
            context.Say(device, device.Silence, EventPhase.Update, Evidence(context, device));
            context.Changed(device);
        }
    }

    /// <summary>The one stream that is silent while its device goes on speaking; null when there is no such, or it can't be told yet.</summary>
    private static StreamState? LoneStream(DeviceState device, QuietStreams quiet) =>
        quiet is { Only: { } only, Heard: > 0 } && device.HeardUs - only.ReceiveUs > OutlivedPeriods * only.Period.PeriodUs ? only : null;

    private static bool IsSilent(in RuleContext context, DeviceState device, QuietStreams quiet) => device.State switch
    {
        BedCondition.Lost => true,
        BedCondition.Stale when device.MeasuredUs > 0 && quiet is { Heard: 0, Quiet: 0 } => !device.UnknownBecauseOfAgent,
        // Where single messages are known to go missing or to wait for others, one stream's short pause alone is that.
        BedCondition.Live or BedCondition.Late or BedCondition.Stale or BedCondition.Setup => quiet.Quiet > 0 && !device.UnknownBecauseOfAgent && !(quiet is { Only: { } only, Heard: > 0 } && context.JudgedUs - only.ReceiveUs < TornForUs && IsTorn(context, device)),
        _ => false,
    };

    private static bool IsTorn(in RuleContext context, DeviceState device) =>
        (device.SilentUntilUs > 0 && context.NowUs - device.SilentUntilUs < ComesBackWithinUs)
        || device.Loss.LostTotal > 0 || device.Link.Reordering.Sum > 0 || device.Link.Burst.Old + device.Link.Burst.OldBefore > 0;

    private static void Begin(in RuleContext context, DeviceState device, QuietStreams quiet)
    {
        if (device.OneQuietStream && LoneStream(device, quiet) is { } lone)
        {
            device.Silence = context.Find(
                FaultNode.Sensor, device.Index, "link", "silent", $"{device.Subject}/{NameOf(device, lone)}", SeverityOf(device), [context.BedOf(device).Key],
                Evidence(context, device));
            context.Changed(device);
            return;
        }

        device.IsDownCounted = device.ClosedWithoutLeave;
        if (device.IsDownCounted)
        {
            device.Link.Flaps.Down(context.NowUs);
        }

        device.Silence = context.Find(
            device, "link", "silent", SeverityOf(device), Evidence(context, device), device.IsGateway ? FaultNode.Gateway : FaultNode.Device);
    }

    private static bool AwaitedAfterAgent(in RuleContext context, DeviceState device) => device.UnknownBecauseOfAgent
        && (context.Ward.BrokerAbsence is not null || context.NowUs < device.AgentStartUs + context.Ages.ReturnAfterAgentUs);

    private static void End(in RuleContext context, DeviceState device)
    {
        // While our own start is the reason for not hearing a device, a silence from before it neither goes on nor ends.
        if (device.Silence is null || device.UnknownBecauseOfAgent)
        {
            return;
        }

        device.SilentUntilUs = context.NowUs;
        context.Resolve(device, device.Silence, [new("silent_ms", (context.NowUs - device.Silence.OnsetUs) / 1000)]);
        device.Silence = null;
    }

    private static EventSeverity SeverityOf(DeviceState device) => device.State switch
    {
        BedCondition.Lost when device.Conditions.Exists(condition => condition.Condition.Priority == Telemetry.Messages.AlarmPriority.High) => EventSeverity.High,
        BedCondition.Lost => EventSeverity.Medium,
        _ => EventSeverity.Low,
    };

    private static string NameOf(DeviceState device, StreamState stream) =>
        stream is WaveState wave ? wave.SignalId : ReferenceEquals(stream, device.Vitals) ? "vitals" : "link";

    private static Evidence[] Evidence(in RuleContext context, DeviceState device)
    {
        var now = context.NowUs;
        var ages = context.Ages;
        string[] streams = [.. Streams(device).Where(stream => IsQuiet(stream)).Select(stream => stream is WaveState ? $"wave/{NameOf(device, stream)}" : NameOf(device, stream))];
        return
        [
            new("heard_ms_ago", (now - device.HeardUs) / 1000),
            new("silent_streams", streams),
            new("closed_without_leave", device.ClosedWithoutLeave),
            new("state", device.State.ToString().ToLowerInvariant()),
        ];

        bool IsQuiet(StreamState stream) => stream.ReceiveUs > 0
            && now - stream.ReceiveUs >= stream.Limit.Of(stream.Period.PeriodUs, ages.LateAfterUs(stream.Period.PeriodUs));
    }

    private static IEnumerable<StreamState> Streams(DeviceState device) => [.. device.Waves, device.Vitals, device.Reports];
}
