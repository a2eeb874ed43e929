using FieldNet.Detection.Links;
using FieldNet.Detection.Streams;
using FieldNet.Telemetry.Messages;
using FieldNet.Telemetry.Records;
using FieldNet.Ward.Events;
using FieldNet.Ward.State;
using DeviceState = FieldNet.Ward.State.DeviceState;

namespace FieldNet.Ward.Rules;

/// <summary>Delay, its variation, loss, order and repetition of a device's messages: counted with each, judged at the end of each second.</summary>
internal static class LinkRule
{
    private const long SpreadEveryUs = 5_000_000;
    private const long FreshUs = 3_000_000;
    private const int LevelsToTrust = 10;

    /// <summary>A pause shorter than this beyond what may be is none of a link that goes down and up.</summary>
    private const long DownAfterUs = 1_000_000;

    /// <summary>What an outage took with it is in the window of the loss for so long.</summary>
    private const long AftermathUs = 12_000_000;

    private const double Confirmed = 3, MuchDenser = 1.5;

    /// <summary>Below this a path's delay is as good as constant: what a timer's tick adds.</summary>
    private const double LeastSpreadMs = 1;

    private const double LeastJitterMs = 2;

    /// <summary>A jitter of fewer is a single delay's.</summary>
    private const int LeastDifferences = 3;

    /// <param name="afterSilence">The stream had been silent: what is missing went with that.</param>
    public static void Count(in RuleContext context, DeviceState device, SequenceVerdict verdict, long gap, in LogRecord record, bool afterSilence)
    {
        var link = device.Link;
        switch (verdict)
        {
            case SequenceVerdict.InOrder:
                link.Loss.Observe(0);
                break;
            case SequenceVerdict.Gap when !afterSilence:
                link.Loss.Observe(gap);
                break;
            case SequenceVerdict.Late:
                link.Loss.Return(gap);
                link.Reordering.Events++;
                break;
            case SequenceVerdict.Duplicate when !record.Duplicate:
                link.Duplicates.Events++;
                break;
        }

        if (verdict is not (SequenceVerdict.Unstamped or SequenceVerdict.Duplicate or SequenceVerdict.OldEpoch))
        {
            device.Loss.Add(context.NowUs, 1, verdict == SequenceVerdict.Late ? -gap : gap);
        }
    }

    /// <summary>One message's time on the way, once what it is measured against is known.</summary>
    public static void Delay(in RuleContext context, DeviceState device, in Stamp stamp, long receiveUs)
    {
        var link = device.Link;
        var delayUs = device.Delay.OfUs(stamp, receiveUs);
        if (delayUs > BurstRun.OldUs)
        {
            link.Burst.Old++;
        }
        else if (!AgentRule.WasBusy(context.Ward, receiveUs))
        {
            link.Second.Add(delayUs);
            link.Delays.Add(delayUs, receiveUs);
            if (link.Jitter.Observe(delayUs, stamp.SentTimeUs) is { } difference)
            {
                link.Differences.Add(difference);
            }
        }
    }

    public static void EndSecond(in RuleContext context, DeviceState device)
    {
        var (now, link) = (context.NowUs, device.Link);
        JudgeDelay(context, device);

        device.Loss.MoveTo(now);
        var (ratio, limits) = (device.Loss.Ratio, context.Ward.Options.Link);

        // One missing message in a slow stream is no finding: at least three must be gone to begin with.
        var isAftermath = now - device.SilentUntilUs < AftermathUs;
        var level = isAftermath ? 0 : link.LossLimit.IsOn || device.Loss.LostTotal >= 3 ? ratio : ratio is null ? null : 0;
        link.LossLimit.Observe(level, now, limits.LossOn, limits.LossOff, limits.HoldUs);
        if (device.Loss.LostTotal == 0)
        {
            link.Loss.Clear();
        }

        Standing.Follow(context, device, "link", "loss", link.Loss.IsOn || link.LossLimit.IsOn, LossEvidence);

        link.Reordering.EndSecond();
        Standing.Follow(context, device, "link", "reordering", link.Reordering.IsOn, static _ => []);
        link.Duplicates.EndSecond();
        Standing.Follow(context, device, "link", "duplicates", link.Duplicates.IsOn, static _ => []);
        link.Burst.EndSecond();
        Standing.Follow(context, device, "link", "burst", link.Burst.IsOn, static of => [new("old_messages", (long)of.Link.Burst.OldBefore)]);
        if (device.Silence is { } silence && !device.IsDownCounted && silence.Subject == device.Subject && now - silence.OnsetUs >= DownAfterUs)
        {
            device.IsDownCounted = true;
            link.Flaps.Down(now);
        }

        link.Flaps.EndSecond(now);
        Standing.Follow(context, device, "link", "flapping", link.Flaps.IsOn, static _ => []);
    }

    private static void JudgeDelay(in RuleContext context, DeviceState device)
    {
        var (now, link, limits) = (context.NowUs, device.Link, context.Ward.Options.Link);
        if (!link.Second.TryTake(out var medianUs, out _))
        {
            return;
        }

        if (now - link.SpreadUs >= SpreadEveryUs && link.Latency is { IsOn: false, Sum: 0 } && link.JitterGrowth is { IsOn: false, Sum: 0 })
        {
            link.SpreadUs = now;
            link.SpreadMs = link.Delays.QuantileUs(0.84) is { } high && link.Delays.QuantileUs(0.16) is { } low ? (high - low) / 2000 : 0;
        }

        var spread = Math.Max(link.SpreadMs, LeastSpreadMs);
        link.Latency.Observe(medianUs / 1000.0, Math.Max(1.65 * spread, 1.2 * link.Latency.Scale), IsDoubted(context.Ward, device, now), MayBegin(context.Ward, device, now, static link => link.Latency.IsOn));
        link.DelayLimit.Observe(link.Latency.Count < LevelsToTrust ? null : link.Latency.Level, now, limits.DelayOnMs, limits.DelayOffMs, limits.HoldUs);
        Standing.Follow(context, device, "link", "latency", link.Latency.IsOn || link.DelayLimit.IsOn, DelayEvidence);

        if (link.Differences.Count >= LeastDifferences && link.Differences.TryTake(out var differenceUs, out _))
        {
            link.JitterGrowth.Observe(differenceUs / 1000.0, Math.Max(Math.Max(LeastJitterMs, 1.2 * spread), 1.5 * link.JitterGrowth.Scale), mayBegin: MayBegin(context.Ward, device, now, static link => link.JitterGrowth.IsOn));
        }

        Standing.Follow(context, device, "link", "jitter", link.JitterGrowth.IsOn, JitterEvidence);
    }

    /// <summary>What else speaks over the same gateway is as quick as ever: then the device's clock is the likelier reason.</summary>
    private static bool IsDoubted(WardState ward, DeviceState device, long nowUs)
    {
        if (device.Link.Latency.Sum == 0 || device.Path.Gateway < 0)
        {
            return false;
        }

        var isDoubted = false;
        foreach (var other in ward.Devices)
        {
            if (other.Index != device.Index && other.Path.Gateway == device.Path.Gateway && nowUs - other.HeardUs < FreshUs && other.Link.Latency.IsLearnt)
            {
                if (other.Link.Latency.Sum >= Confirmed)
                {
                    return false;
                }

                isDoubted = true;
            }
        }

        return isDoubted;
    }

    /// <summary>Of those who share a gateway the one that speaks most often sees most: the others only say that they have it too.</summary>
    private static bool MayBegin(WardState ward, DeviceState device, long nowUs, Func<LinkAccount, bool> has)
    {
        if (device.Path.Gateway < 0 || device.Link.Latency.Sum + device.Link.JitterGrowth.Sum == 0)
        {
            return true;
        }

        var mayBegin = true;
        foreach (var other in ward.Devices)
        {
            if (other.Index != device.Index && other.Path.Gateway == device.Path.Gateway && nowUs - other.HeardUs < FreshUs
                && other.MessagesPerSecond > MuchDenser * device.MessagesPerSecond && other.Link.Latency.IsLearnt)
            {
                if (has(other.Link))
                {
                    return true;
                }

                mayBegin = false;
            }
        }

        return mayBegin;
    }

    private static Evidence[] LossEvidence(DeviceState device) =>
        [new("loss_ratio", Math.Round(device.Loss.Ratio ?? 0, 4)), new("lost_10s", device.Loss.LostTotal)];

    private static Evidence[] DelayEvidence(DeviceState device) =>
    [
        new("delay_above_floor_ms", Math.Round(device.Link.Latency.Level, 1)),
        new("normal_ms", device.Link.Latency.IsLearnt ? Math.Round(device.Link.Latency.Normal, 1) : null),
        new("spread_ms", device.Link.SpreadMs > 0 ? Math.Round(device.Link.SpreadMs, 1) : null),
    ];

    private static Evidence[] JitterEvidence(DeviceState device) =>
        [new("jitter_ms", Math.Round(device.Link.JitterGrowth.Level, 1)), new("normal_ms", Math.Round(device.Link.JitterGrowth.Normal, 1))];
}
