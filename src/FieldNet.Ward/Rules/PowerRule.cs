using FieldNet.Ward.Events;
using FieldNet.Ward.State;

namespace FieldNet.Ward.Rules;

/// <summary>Finds a gateway or a bed's device that runs on its battery.</summary>
internal static class PowerRule
{
    /// <summary>With less than this left somebody must come.</summary>
    private const double SoonMinutes = 30;

    public static void Observe(in RuleContext context, DeviceState device, FaultNode node, bool? onMains, double? batteryPercent)
    {
        if (device.Power.Observe(onMains, batteryPercent, context.NowUs))
        {
            device.PowerEpisode = RadioRule.Toggle(context, node, device.Index, device.PowerEpisode, "power", SeverityOf(device), EvidenceOf(device, onMains));
            context.Changed(device);
        }
        else if (device.PowerEpisode is { } open && SeverityOf(device) > open.Severity)
        {
            open.Severity = SeverityOf(device);
            context.Outbox.Say(context.Ward, context.NowUs, open, EventPhase.Update, new FaultPlace(node, device.Index).BedsOf(context.Ward), EvidenceOf(device, onMains));
            context.Changed(device);
        }
    }

    private static EventSeverity SeverityOf(DeviceState device) =>
        device.Power.Percent < Detection.Radio.PowerSupply.LowPercent || device.Power.MinutesLeft < SoonMinutes ? EventSeverity.Medium : EventSeverity.Low;

    private static Evidence[] EvidenceOf(DeviceState device, bool? onMains) => [
        new("on_mains", onMains),
        .. RadioRule.Known("battery_percent", device.Power.Percent),
        .. RadioRule.Known("minutes_left", device.Power.MinutesLeft is { } minutes ? Math.Round(minutes) : null)];
}
