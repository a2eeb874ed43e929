using FieldNet.Ward.Events;
using FieldNet.Ward.State;

namespace FieldNet.Ward.Rules;

/// <summary>Loss and delay of a device's link, from its stamps.</summary>
internal static class LinkRule
{
    private const long HoldUs = 2_000_000;

    /// <summary>Loss over the last 10 s.</summary>
    private const double LossOn = 0.02, LossOff = 0.005;

    /// <summary>Milliseconds above the floor: in the middle of the grade "fair" on, well inside "good" off (docs/protocol.md).</summary>
    private const double DelayOnMs = 130, DelayOffMs = 65;

    public static void Apply(in RuleContext context, DeviceState device)
    {
        var now = context.NowUs;
        device.Loss.MoveTo(now);
        var ratio = device.Loss.Ratio;

        // One missing message in a slow stream is no finding: at least three must be gone to begin with.
        var level = device.LossHigh.IsOn || device.Loss.LostTotal >= 3 ? ratio : ratio is null ? null : 0;
        if (device.LossHigh.Observe(level, now, LossOn, LossOff, HoldUs))
        {
            device.LossEpisode = Toggle(context, device, device.LossEpisode, "loss", [new("loss_ratio", Math.Round(ratio ?? 0, 4)), new("lost_10s", device.Loss.LostTotal)]);
        }

        if (device.DelayHigh.Observe(device.Delay.Ms, now, DelayOnMs, DelayOffMs, HoldUs))
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
