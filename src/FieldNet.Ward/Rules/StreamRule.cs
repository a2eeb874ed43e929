using FieldNet.Detection.Streams;
using FieldNet.Telemetry.Messages;
using FieldNet.Telemetry.Records;
using FieldNet.Ward.Events;
using FieldNet.Ward.State;
using DeviceState = FieldNet.Ward.State.DeviceState;

namespace FieldNet.Ward.Rules;

/// <summary>Accounts for the stamp of any message of a device.</summary>
internal static class StreamRule
{
    /// <param name="stream">The stream whose rhythm is known; null for one that comes when it likes.</param>
    public static SequenceVerdict Observe(
        in RuleContext context, DeviceState device, ref SequenceAccount sequence, in Stamp stamp, in LogRecord record, StreamState? stream = null)
    {
        if (stamp.Mode != DataMode.Unspecified || device.Mode == DataMode.Unspecified)
        {
            device.Mode = stamp.Mode == DataMode.Unspecified ? DataMode.Real : stamp.Mode;
        }

        var (previousEpoch, previousSentUs) = (sequence.Epoch, sequence.SentUs);
        var verdict = sequence.Observe(stamp, BrokerRule.ConnectionOf(context.Ward, record), out var gap);
        var afterSilence = stream is not null && record.ReceiveTimeUs - stream.Period.LastUs > context.Ages.LateAfterUs(stream.Period.PeriodUs);
        LinkRule.Count(context, device, verdict, gap, record, afterSilence);
        if (verdict is SequenceVerdict.Duplicate or SequenceVerdict.OldEpoch)
        {
            return verdict;
        }

        if (stamp is { HasSentTime: true, Historical: false } && verdict is SequenceVerdict.InOrder or SequenceVerdict.Gap
            && DeviceClockRule.Observe(context, device, stamp, record.ReceiveTimeUs, stream, previousSentUs, stream?.ReceiveUs ?? 0, 1 + gap))
        {
            // The device's clock went back. What its delays were measured against is void.
            device.Delay = default;
            device.CompleteAtUs = 0;
        }

        if (verdict == SequenceVerdict.Restarted && stamp.Epoch > previousEpoch)
        {
            // Its clock may have started anew as well: what it tells from here on, no earlier set of its alarms has answered (P3).
            device.CompleteAtUs = 0;
            device.Delay = default;
            device.Link.ForgetClock();
        }

        if (CurrentAtUs(device, stamp, record) >= device.AgentStartUs)
        {
            // Otherwise it lay in our own sockets while we stood still: that is not the link's delay.
            device.Delay.Observe(stamp, record.ReceiveTimeUs);
            if (stamp is { HasSentTime: true, Historical: false })
            {
                LinkRule.Delay(context, device, stamp, record.ReceiveTimeUs);
            }
        }

        AvailabilityRule.Message(context, device, verdict, gap, stamp, record.ReceiveTimeUs, stream);
        if (stamp.Historical)
        {
            device.Link.Burst.Old++;
        }
        else if (stream is not null && MovesState(verdict))
        {
            stream.Limit.Observe(stream.ReceiveUs > 0 ? record.ReceiveTimeUs - stream.ReceiveUs : 0, stream.Period.PeriodUs);
            stream.ReceiveUs = record.ReceiveTimeUs;
        }

        if (verdict == SequenceVerdict.Restarted && stamp.Epoch != device.Epoch)
        {
            context.Point(device, "device", "restarted", EventSeverity.Info, [new("epoch", (long)stamp.Epoch), new("previous_epoch", (long)previousEpoch)]);
        }

        device.Epoch = stamp.HasEpoch ? stamp.Epoch : device.Epoch;
        return verdict;
    }

    /// <summary>When what a message carries was current, on the log's clock: its arrival less the time that it lay on the way (P2: a backlog is not live).</summary>
    public static long CurrentAtUs(DeviceState device, in Stamp stamp, in LogRecord record) =>
        record.ReceiveTimeUs - device.Delay.OfUs(stamp, record.ReceiveTimeUs);

    /// <summary>A duplicate or a reordered message moves no state back.</summary>
    public static bool MovesState(SequenceVerdict verdict) =>
        verdict is SequenceVerdict.Unstamped or SequenceVerdict.First or SequenceVerdict.Restarted or SequenceVerdict.InOrder or SequenceVerdict.Gap;
}
