using FieldNet.Telemetry.Messages;
using FieldNet.Ward.Events;
using FieldNet.Ward.State;
using DeviceState = FieldNet.Ward.State.DeviceState;

namespace FieldNet.Ward.Rules;

/// <summary>Watches a device's clock against the log's: its jumps, its rate, and how far it is off. A wrong clock is a finding and moves nothing else.</summary>
internal static class DeviceClockRule
{
    private const int RhythmSlack = 4;

    /// <param name="stream">The stream that the message is of, before it was accounted there.</param>
    /// <param name="previousSentUs">Sending time of the message before it in its stream; 0 none.</param>
    /// <param name="previousReceiveUs">When that came; 0 unknown.</param>
    /// <param name="steps">1, or more if messages between are missing.</param>
    /// <returns>True when the clock went back by more than what lies between two messages: what delays were measured against is void.</returns>
    public static bool Observe(
        in RuleContext context, DeviceState device, in Stamp stamp, long receiveUs, StreamState? stream, long previousSentUs, long previousReceiveUs, long steps)
    {
        var link = device.Link;
        var rawUs = receiveUs - stamp.SentTimeUs;
        var wentBack = previousSentUs > 0 && stamp.SentTimeUs < previousSentUs;
        var early = stream is null || previousSentUs == 0 || previousReceiveUs == 0
            ? 0 : EarlyInRhythm(stream.Period.PeriodUs * steps, receiveUs - previousReceiveUs, stamp.SentTimeUs - previousSentUs);
        var stepUs = link.Steps.Observe(rawUs, receiveUs, device.Delay.Known ? device.Delay.FloorOffsetUs : rawUs, wentBack, early);
        if (stepUs != 0)
        {
            link.Drift.Reset();
            if (stepUs < 0 && device.Delay.Known && rawUs - device.Delay.FloorOffsetUs > -stepUs / 2)
            {
                // Back by less than a period: the floor is still where it was before.
                device.Delay.Move(-stepUs);
            }

            var episode = context.Find(
                device, "clock", "step", EventSeverity.Medium, [new("step_ms", stepUs / 1000)], device.IsGateway ? FaultNode.Gateway : FaultNode.Device, FaultNode.Clock);
            context.Resolve(device, episode, []);
        }

        link.Drift.Observe(rawUs, receiveUs);
        return wentBack;
    }

    public static void EndSecond(in RuleContext context, DeviceState device)
    {
        var link = device.Link;
        if (!device.Delay.Known || device.HeardUs < context.NowUs - 5_000_000)
        {
            return;
        }

        if (link.Drift.IsOn && !device.Standing.Exists(episode => episode is { Kind: "clock", What: "drift" }))
        {
            // So much of what grew so far was the clock, and no more: whatever else a message waits for stays its age (P2).
            device.Delay.Move(link.Drift.GrownUs);
            link.Latency.Dismiss();
        }
        else if (link.Drift.IsOn)
        {
            // The floor of the delay goes with the clock, so that its drift is no delay.
            device.Delay.Move((long)link.Drift.Ppm);
        }

        Standing.Follow(
            context, device, "clock", "drift", link.Drift.IsOn, static of => [new("drift_ppm", Math.Round(-of.Link.Drift.Ppm))], EventSeverity.Low, FaultNode.Clock);
        link.Offset.Observe(device.Delay.FloorOffsetUs, context.NowUs);
        Standing.Follow(
            context, device, "clock", "offset", link.Offset.IsOn, static of => [new("offset_ms", -of.Delay.FloorOffsetUs / 1000)], EventSeverity.Low, FaultNode.Clock);
    }

    /// <summary>By how much a message that came when its stream's rhythm had it come says that it was sent too early; 0 if it does not.</summary>
    private static long EarlyInRhythm(double periodUs, long cameAfterUs, long sentAfterUs)
    {
        var early = (long)(periodUs - sentAfterUs);
        return periodUs > 0 && early > 0 && Math.Abs(cameAfterUs - periodUs) < early / (double)RhythmSlack ? early : 0;
    }
}
