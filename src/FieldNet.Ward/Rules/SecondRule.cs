using FieldNet.Ward.State;

namespace FieldNet.Ward.Rules;

/// <summary>The end of each second of log time, while there is a device: what detectors sample, and what incidents do by themselves.</summary>
internal static class SecondRule
{
    /// <summary>The device index of its deadline.</summary>
    public const int Deadline = -2;

    private const long SecondUs = 1_000_000;

    /// <summary>Seconds that nothing was logged in for this long are passed over.</summary>
    private const long FastForwardUs = 60_000_000;

    public static void Begin(in RuleContext context)
    {
        if (!context.Ward.HasSeconds && context.Ward.Devices.Count > 0)
        {
            context.Ward.HasSeconds = true;
            Arm(context.Ward, context.NowUs, context.NowUs);
        }
    }

    /// <param name="context">At the end of the second.</param>
    /// <param name="recordUs">Log time of the record that moved time past it.</param>
    public static void End(in RuleContext context, long recordUs)
    {
        foreach (var device in context.Ward.Devices)
        {
            DeviceClockRule.EndSecond(context, device);
            LinkRule.EndSecond(context, device);
            AvailabilityRule.EndSecond(context, device);
        }

        AgentFaultRule.EndSecond(context);
        IncidentRule.EndSecond(context);
        Arm(context.Ward, context.NowUs, recordUs);
    }

    private static void Arm(WardState ward, long nowUs, long recordUs)
    {
        var from = recordUs - nowUs > FastForwardUs ? recordUs : nowUs;
        DeadlineHeap.Push(ward.Deadlines, new Deadline(((from / SecondUs) + 1) * SecondUs, Deadline));
    }
}
