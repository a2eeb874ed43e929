using FieldNet.Ward.Events;
using FieldNet.Ward.State;

namespace FieldNet.Ward.Rules;

/// <summary>Loss and delay of a device's link, from its stamps.</summary>
internal static class LinkRule
{
    public static void Apply(in RuleContext context, DeviceState device)
    {
        var (now, limits) = (context.NowUs, context.Ward.Options.Link);
        device.Loss.MoveTo(now);
        var ratio = device.Loss.Ratio;

        // One missing message in a slow stream is no finding: at least three must be gone to begin with.
        var level = device.LossHigh.IsOn || device.Loss.LostTotal >= 3 ? ratio : ratio is null ? null : 0;
        if (device.LossHigh.Observe(level, now, limits.LossOn, limits.LossOff, limits.HoldUs))
        {
            device.LossEpisode = Toggle(context, device, device.LossEpisode, "loss", [new("loss_ratio", Math.Round(ratio ?? 0, 4)), new("lost_10s", device.Loss.LostTotal)]);
        }

        if (device.DelayHigh.Observe(device.Delay.Ms, now, limits.DelayOnMs, limits.DelayOffMs, limits.HoldUs))
        {
            device.LatencyEpisode = Toggle(context, device, device.LatencyEpisode, "latency", [new("delay_above_floor_ms", device.Delay.Ms)]);
        }
    }

    private static Episode? Toggle(in RuleContext context, DeviceState device, Episode? open, string what, Evidence[] evidence)
    {
        context.Changed(device);
        if (open is null)
        {
            return context.Start(device, "link", what, EventSeverity.Low, evidence);
        }

        context.Say(device, open, EventPhase.End, evidence);
        return null;
    }
}
