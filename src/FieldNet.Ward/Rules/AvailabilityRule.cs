using FieldNet.Detection.Budgets;
using FieldNet.Detection.Streams;
using FieldNet.Telemetry.Messages;
using FieldNet.Ward.State;
using FieldNet.Ward.Views;
using DeviceState = FieldNet.Ward.State.DeviceState;

namespace FieldNet.Ward.Rules;

/// <summary>Keeps each device's loss and its two timelines of availability, on the quickest of its streams.</summary>
/// <remarks>One stream, because a transfer interval is a stream's own; the quickest, because it shows a fault first and finest.</remarks>
internal static class AvailabilityRule
{
    /// <summary>The least survival time while the site plans none (TR 22.826, patient telemetry).</summary>
    private const long LeastSurvivalUs = 100_000;

    /// <summary>A stream that was not heard for so long is not the device's flow any more.</summary>
    private const long HeardUs = 60_000_000;

    /// <param name="gap">As the stream's account has it: how many are missing, or whether a late one was.</param>
    public static void Message(
        in RuleContext context, DeviceState device, SequenceVerdict verdict, long gap, in Stamp stamp, long receiveUs, StreamState? stream)
    {
        var delayUs = stamp.HasSentTime && device.Delay.Known && !AgentRule.WasBusy(context.Ward, receiveUs) ? device.Delay.OfUs(stamp, receiveUs) : (long?)null;
        if (verdict is SequenceVerdict.First or SequenceVerdict.InOrder or SequenceVerdict.Gap or SequenceVerdict.Late)
        {
            // A class that is critical in delay takes what is too late for lost.
            var row = FiveQiTable.Find(FiveQiOf(context.Ward, device));
            var tooLate = row is { Resource: FiveQiResource.DelayCritical } critical && delayUs > critical.DelayBudgetMs * 1000;
            device.LossShare.Add(context.NowUs, verdict == SequenceVerdict.Late ? 0 : 1, verdict == SequenceVerdict.Late ? -gap : gap + (tooLate ? 1 : 0));
        }

        if (stream is null || stream != FlowOf(device) || !StreamRule.MovesState(verdict))
        {
            return;
        }

        // After a restart of the sender its numbers say nothing of what was lost; nor does a message without a number.
        var lost = verdict is SequenceVerdict.InOrder or SequenceVerdict.Gap ? gap : (long?)null;
        var budgetUs = BudgetUs(context.Ward, device);
        var dueUs = device.Timeline.LastUs + (long)stream.Period.PeriodUs;

        // What comes out of a backlog was not there when it was due.
        var late = stamp.Historical ? Math.Max(budgetUs + 1, receiveUs - dueUs) : delayUs;
        device.Timeline.Observe(receiveUs, lost, late, stream.Period.PeriodUs, budgetUs, SurvivalUs(context.Ward, stream, budgetUs));
    }

    public static void EndSecond(in RuleContext context, DeviceState device)
    {
        var (nowUs, flow) = (context.JudgedUs, FlowOf(device));
        if (device.UnknownBecauseOfAgent || device.State is BedCondition.Standby)
        {
            device.Timeline.Pause(Math.Min(nowUs, Math.Max(device.HeardUs, device.AgentStartUs)));
            return;
        }

        var best = Quickest(device, nowUs);
        var dueUs = (flow?.Period.LastUs ?? 0) + (long)(flow?.Period.PeriodUs ?? 0) + BudgetUs(context.Ward, device);
        if (best != device.FlowIndex && best >= -1 && (flow is null || device.HeardUs > dueUs || PeriodOf(device, best) < 0.5 * flow.Period.PeriodUs))
        {
            // Others of the device's streams go on: this one was stopped at the device, and the network had no part in it.
            device.Timeline.Change(Math.Min(nowUs, Math.Max(device.Timeline.LastUs, flow?.Period.LastUs ?? 0)));
            device.FlowIndex = best;
            return;
        }

        device.Timeline.Tick(nowUs, BudgetUs(context.Ward, device));
    }

    /// <summary>The agent itself is away: what it does not see is unknown, not down.</summary>
    /// <param name="lastSeenUs">Log time up to which it listened.</param>
    public static void Away(DeviceState device, long lastSeenUs) => device.Timeline.Pause(lastSeenUs);

    /// <summary>Of the class that is used; while that is unknown of the planned one, else what telemetry needs.</summary>
    public static double BudgetMs(WardState ward, DeviceState device) =>
        FiveQiTable.Find(FiveQiOf(ward, device))?.DelayBudgetMs ?? FiveQiTable.TelemetryMs;

    /// <summary>The class in use, as far as it is known; the planned one counts while nobody says another.</summary>
    public static uint? FiveQiOf(WardState ward, DeviceState device) => device.Path.Over < 0 ? null : ward.Network.Gateways[device.Path.Over].FiveQi;

    private static long BudgetUs(WardState ward, DeviceState device) => (long)(BudgetMs(ward, device) * 1000);

    /// <summary>What is planned; else one message may be missing if the next one is on time, as most rows of TS 22.104 have it: one transfer interval and its budget.</summary>
    private static long SurvivalUs(WardState ward, StreamState flow, long budgetUs) => ward.Options.Network.SurvivalMs is { } planned
        ? (long)(planned * 1000) : Math.Max(LeastSurvivalUs, (long)flow.Period.PeriodUs + budgetUs);

    private static StreamState? FlowOf(DeviceState device) => device.FlowIndex switch
    {
        -2 => null,
        -1 => device.IsGateway ? device.Reports : device.Vitals,
        var wave => wave < device.Waves.Count ? device.Waves[wave] : null,
    };

    private static double PeriodOf(DeviceState device, int flow) => flow >= 0 ? device.Waves[flow].Period.PeriodUs : (device.IsGateway ? device.Reports : device.Vitals).Period.PeriodUs;

    /// <returns>Index of the wave, −1 for the vitals (of a gateway its reports), −2 for none.</returns>
    private static int Quickest(DeviceState device, long nowUs)
    {
        var slow = (device.IsGateway ? device.Reports : device.Vitals).Period;
        var (best, periodUs) = slow.PeriodUs > 0 && nowUs - slow.LastUs < HeardUs ? (-1, slow.PeriodUs) : (-2, double.MaxValue);
        for (var i = 0; i < device.Waves.Count; i++)
        {
            var period = device.Waves[i].Period;
            if (period.PeriodUs > 0 && period.PeriodUs < periodUs && nowUs - period.LastUs < (2 * period.PeriodUs) + 1_000_000)
            {
                (best, periodUs) = (i, period.PeriodUs);
            }
        }

        return best;
    }
}
