using FieldNet.Telemetry.Records;
using FieldNet.Ward.State;
using FieldNet.Ward.Views;

namespace FieldNet.Ward.Rules;

/// <summary>After the agent's own start or a suspend every stream is unknown because of the agent: no device is blamed for our downtime.</summary>
internal static class AgentRule
{
    /// <summary>After a short stall of ours, what waits in the rings is taken within this; until then nobody is judged.</summary>
    private const long CatchUpUs = 300_000;

    /// <summary>The agent was not listening before this record: it started, stalled, or the machine slept.</summary>
    public static bool WasAway(in LogRecord record) =>
        record.Kind == RecordKind.AgentStart || (record.Kind == RecordKind.Clock && ClockRule.WasAway(record));

    /// <summary>We stood still for less than that: long enough to find others late, too short to forget what they said.</summary>
    public static void Hold(WardState ward, in LogRecord record) =>
        (ward.HeldAtUs, ward.HoldUntilUs) = (ward.LogTimeUs, record.LogTimeUs + CatchUpUs);

    /// <summary>Something of ours kept messages waiting when this one was read: its delay is not the link's.</summary>
    public static bool WasBusy(WardState ward, long receiveUs) => receiveUs < ward.BusyUntilUs;

    public static void ForgetWhatIsLive(in RuleContext context, bool restarted)
    {
        foreach (var device in context.Ward.Devices)
        {
            AvailabilityRule.Away(device, context.Ward.LogTimeUs);
            device.UnknownBecauseOfAgent = true;
            device.ClosedWithoutLeave = false;
            device.AgentStartUs = context.NowUs;
            device.Connections.Clear();
            if (restarted)
            {
                // Log time has a new anchor: delays measured against the old one mean nothing.
                device.Delay = default;
                device.CompleteAtUs = 0;
            }

            device.Vitals.Forget();
            device.Reports.Forget();
            device.Link.Second.Count = device.Link.Differences.Count = 0;
            foreach (var wave in device.Waves)
            {
                wave.Forget();
                wave.State = BedCondition.Stale;
            }

            foreach (var numeric in device.Numerics)
            {
                // Log time stood still while the machine slept, so by its age a number could look fresh: only one that comes now counts.
                numeric.CurrentAtUs = 0;
                numeric.State = BedCondition.Stale;
            }
        }
    }
}
