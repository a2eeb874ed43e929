using FieldNet.Telemetry.Network;
using FieldNet.Telemetry.Records;

namespace FieldNet.Ward.Rules;

/// <summary>Takes the agent's own condition: what is read while it is not in order counts for nobody's delay.</summary>
internal static class HealthRule
{
    private const long ReportedEveryUs = 1_500_000;

    /// <summary>Less than this is within what a link's delay varies by anyway.</summary>
    private const double LagMs = 20;

    public static void Apply(in RuleContext context, in LogRecord record)
    {
        if (HealthReport.FromJson(record.Payload) is not { } health)
        {
            return;
        }

        if (Math.Max(health.ReadLagMs ?? 0, health.GcPauseMs ?? 0) >= LagMs || health.Overloaded == true)
        {
            context.Ward.BusyUntilUs = record.LogTimeUs + ReportedEveryUs;
            foreach (var device in context.Ward.Devices)
            {
                device.Link.Second.Count = device.Link.Differences.Count = 0;
            }
        }

        AgentFaultRule.Follow(context, health);
    }
}
