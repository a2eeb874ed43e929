using FieldNet.Detection.Links;
using FieldNet.Ward.State;

namespace FieldNet.Ward.Rules;

/// <summary>Whether a device shows a fault of a kind now, also while its own detector is not sure yet.</summary>
internal static class Affected
{
    /// <summary>Half of what a detector needs is enough beside another device that has it all.</summary>
    private const double Suspicious = 3, HalfSure = 4.5, Sure = 8;

    /// <summary>A message that was sent before the fault may come as late as this.</summary>
    private const long StillOnItsWayUs = 350_000;

    private const long JustUs = 10_000_000, TogetherUs = 12_000_000, SilentTogetherUs = 5_000_000;

    /// <param name="onsetUs">When the finding began that company is looked for: what began long before it is something else.</param>
    /// <param name="isOver">What company is looked for is over already.</param>
    /// <param name="sinceUs">Who was heard after this log time can't share the silence.</param>
    /// <returns>Null when nothing can be said of it.</returns>
    public static bool? By(WardState ward, DeviceState device, string what, long nowUs, long onsetUs, long sinceUs, bool isOver)
    {
        if (device.HeardUs == 0 || device.UnknownBecauseOfAgent || device.HeardUs < device.AgentStartUs)
        {
            return null;
        }

        if (Has(ward, device, what, nowUs, onsetUs, isOver))
        {
            return true;
        }

        if (what == "silent" && device.Silence is { } other && other.OnsetUs < onsetUs - SilentTogetherUs)
        {
            // Silent for a reason of its own, and before.
            return null;
        }

        if (isOver && what == "silent")
        {
            // A pause that is over: whoever speaks too seldom to have been missed in it says nothing.
            return IsSeldom(device) ? null : false;
        }

        if (!device.IsGateway && what is ("radio_weak" or "uplink_limited" or "handover_ping_pong" or "unregistered"))
        {
            // Only its gateway has a radio that could show it.
            return null;
        }

        var link = device.Link;
        return what switch
        {
            "silent" => IsOverdue(device, nowUs) ? true : device.HeardUs > sinceUs ? false : null,
            "latency" => IsClimbing(link.Latency, HalfSure),
            "jitter" => IsClimbing(link.JitterGrowth, Sure),
            "loss" => link.Loss.Sum >= Suspicious / 2 || device.Loss.LostTotal > 0,
            "reordering" => link.Reordering.Sum >= Suspicious / 2,
            "duplicates" => link.Duplicates.Sum >= Suspicious / 2,
            "burst" => link.Burst.Old + link.Burst.OldBefore > 0,
            _ => false,
        };
    }

    /// <summary>A finding of that kind stands at it, or ended a moment ago.</summary>
    private static bool Has(WardState ward, DeviceState device, string what, long nowUs, long onsetUs, bool isOver)
    {
        foreach (var finding in ward.Findings)
        {
            if (finding.Node is FaultNode.Device or FaultNode.Gateway && finding.Index == device.Index && finding.Episode.What == what
                && finding.Episode.OnsetUs > onsetUs - (what == "silent" ? SilentTogetherUs : TogetherUs) && (finding.EndUs == 0 || nowUs - finding.EndUs < JustUs))
            {
                return what != "silent" || isOver || finding.EndUs == 0;
            }
        }

        return false;
    }

    private static bool IsSeldom(DeviceState device) => device.Waves.Count == 0;

    private static bool IsClimbing(LevelShift level, double least) => level.Sum >= least && level.ClimbSeconds <= TogetherUs / 1_000_000;

    /// <summary>By the quickest of its streams it should have been heard by now.</summary>
    public static bool IsOverdue(DeviceState device, long nowUs)
    {
        var periodUs = double.MaxValue;
        foreach (var wave in device.Waves)
        {
            periodUs = Least(periodUs, wave, nowUs);
        }

        periodUs = Least(Least(periodUs, device.Vitals, nowUs), device.Reports, nowUs);
        return periodUs < double.MaxValue && nowUs - device.HeardUs > (1.6 * periodUs) + StillOnItsWayUs;
    }

    private static double Least(double periodUs, StreamState stream, long nowUs) =>
        stream.Period.PeriodUs > 0 && nowUs - stream.Period.LastUs < 60_000_000 ? Math.Min(periodUs, stream.Period.PeriodUs) : periodUs;
}
