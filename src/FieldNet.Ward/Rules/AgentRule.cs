using FieldNet.Telemetry.Records;
using FieldNet.Ward.Views;

namespace FieldNet.Ward.Rules;

/// <summary>After the agent's own start or a suspend every stream is unknown because of the agent: no device is blamed for our downtime.</summary>
internal static class AgentRule
{
    /// <summary>The agent was not listening before this record: it started, stalled, or the machine slept.</summary>
    public static bool WasAway(in LogRecord record) =>
        record.Kind == RecordKind.AgentStart || (record.Kind == RecordKind.Clock && ClockRule.WasAway(record));

    public static void ForgetWhatIsLive(in RuleContext context)
    {
        foreach (var device in context.Ward.Devices)
        {
            device.UnknownBecauseOfAgent = true;
            device.ClosedWithoutLeave = false;
            device.AgentStartUs = context.NowUs;
            device.Connections.Clear();
            device.Vitals.Period.LastUs = 0;
            foreach (var wave in device.Waves)
            {
                wave.Period.LastUs = 0;
                wave.State = BedCondition.Stale;
            }

            foreach (var numeric in device.Numerics)
            {
                // Log time stood still while the machine slept, so by its age a number could look fresh: only one that comes now counts.
                numeric.ReceivedUs = 0;
                numeric.State = BedCondition.Stale;
            }
        }
    }
}
