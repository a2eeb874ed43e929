using FieldNet.Telemetry.Network;
using FieldNet.Ward.Events;
using FieldNet.Ward.State;

namespace FieldNet.Ward.Rules;

/// <summary>The agent's own faults as incidents: it names itself before it blames a radio.</summary>
internal static class AgentFaultRule
{
    private static readonly FaultPlace Self = new(FaultNode.Agent, 0);

    /// <summary>It started again, and devices are unheard because of that.</summary>
    public static void Restarted(in RuleContext context, long downUs)
    {
        if (context.Ward.Devices.Exists(device => device.IsSource) && !IsOpen(context.Ward, "restart"))
        {
            IncidentRule.Open(context, "restart", Self, FaultNode.Agent, EventSeverity.Low, [new("down_ms", downUs / 1000)]);
        }
    }

    public static void Follow(in RuleContext context, HealthReport health)
    {
        var wrong = health.Overloaded == true;
        var open = context.Ward.Incidents.Find(incident => incident.IsHeld && incident.Episode.What == "overload");
        if (wrong && open is null)
        {
            IncidentRule.Open(
                context, "overload", Self, FaultNode.Agent, EventSeverity.Medium,
                [new("queue_ms", health.QueueMs), new("read_lag_ms", health.ReadLagMs), new("gc_pause_ms", health.GcPauseMs)]);
        }
        else if (!wrong && open is not null)
        {
            IncidentRule.Close(context, open, []);
        }
    }

    /// <summary>A restart is over when everybody has been heard again, or has had their time.</summary>
    public static void EndSecond(in RuleContext context)
    {
        var ward = context.Ward;
        if (ward.Incidents.Find(incident => incident.IsHeld && incident.Episode.What == "restart") is not { } restart)
        {
            return;
        }

        var now = context.NowUs;
        var away = ward.Devices.FindAll(device => device.IsSource && device.UnknownBecauseOfAgent && now < device.AgentStartUs + ward.Options.Ages.ReturnAfterAgentUs);
        if (away.Count == 0)
        {
            IncidentRule.Close(context, restart, []);
        }
    }

    private static bool IsOpen(WardState ward, string what) => ward.Incidents.Exists(incident => incident.IsHeld && incident.Episode.What == what);
}
