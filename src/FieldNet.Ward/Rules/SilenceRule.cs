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
    public static void Apply(in RuleContext context, DeviceState device)
    {
        var silent = device.State is BedCondition.Late or BedCondition.Stale or BedCondition.Lost && !AwaitedAfterAgent(context, device);
        if (!silent)
        {
            End(context, device);
            return;
        }

        if (device.Silence is null)
        {
            device.Silence = context.Start(device, "link", "silent", SeverityOf(device), Evidence(context, device));
            context.Changed(device);
        }
        else if (SeverityOf(device) > device.Silence.Severity)
        {
            device.Silence.Severity = SeverityOf(device);
            context.Say(device, device.Silence, EventPhase.Update, Evidence(context, device));
            context.Changed(device);
        }
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

        context.Say(device, device.Silence, EventPhase.End, [new("silent_ms", (context.NowUs - device.Silence.OnsetUs) / 1000)]);
        device.Silence = null;
        context.Changed(device);
    }

    private static EventSeverity SeverityOf(DeviceState device) => device.State switch
    {
        BedCondition.Lost when device.Conditions.Exists(condition => condition.Condition.Priority == Telemetry.Messages.AlarmPriority.High) => EventSeverity.High,
        BedCondition.Lost => EventSeverity.Medium,
        _ => EventSeverity.Low,
    };

    private static Evidence[] Evidence(in RuleContext context, DeviceState device)
    {
        var now = context.NowUs;
        string[] streams =
        [
            .. device.Waves.Where(wave => wave.State != BedCondition.Live).Select(wave => $"wave/{wave.SignalId}"),
            .. device.Vitals.Period.LastUs > 0 && now - device.Vitals.Period.LastUs >= context.Ages.LateAfterUs(device.Vitals.Period.PeriodUs) ? ["vitals"] : Array.Empty<string>(),
        ];
        return
        [
            new("heard_ms_ago", (now - device.HeardUs) / 1000),
            new("silent_streams", streams),
            new("closed_without_leave", device.ClosedWithoutLeave),
            new("state", device.State.ToString().ToLowerInvariant()),
        ];
    }
}
