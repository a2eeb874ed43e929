using FieldNet.Telemetry.Messages;
using FieldNet.Ward.Events;
using FieldNet.Ward.State;
using FieldNet.Ward.Views;
using DeviceState = FieldNet.Ward.State.DeviceState;

namespace FieldNet.Ward.Rules;

/// <summary>The life cycle of bedside alarm conditions (IEC 60601-1-8, ISA-18.2): raised, acknowledged, latched, unknown, ended.</summary>
/// <remarks>
/// P3: nothing here hides, delays or lowers a condition. One that can't be confirmed becomes unknown, never cleared; one that
/// comes back after that, or rises in priority, is unacknowledged whatever it was before.
/// </remarks>
internal static class ConditionRule
{
    public const int MaxConditions = 256;

    /// <returns>False when the device reports more conditions than the limit; those that fit were taken.</returns>
    public static bool Report(in RuleContext context, DeviceState device, AlarmReport report, long receiveUs)
    {
        var fits = !report.Truncated;
        device.HasReportedAlarms = true;
        // The lesser: a number below that of the last complete set means that the device counts anew.
        device.CompleteAlarmSeq = report.Complete ? report.Stamp.Seq : Math.Min(device.CompleteAlarmSeq, report.Stamp.Seq);
        if (report.Complete && !report.Truncated)
        {
            // First, so that what has ended takes no room from what has begun.
            EndAbsent(context, device, report);
        }

        foreach (var reported in OneEach(report))
        {
            fits &= Take(context, device, reported, receiveUs);
        }

        context.Changed(device);
        return fits;
    }

    /// <summary>Takes from a report that a newer one overtook what it alone may have said: it raises, and neither ends nor changes anything.</summary>
    /// <inheritdoc cref="Report" path="/returns"/>
    public static bool ReportLate(in RuleContext context, DeviceState device, AlarmReport report, long receiveUs)
    {
        if (report.Complete || report.Stamp.Seq < device.CompleteAlarmSeq)
        {
            // A complete set that is newer has said what stands.
            return true;
        }

        var fits = !report.Truncated;
        foreach (var reported in OneEach(report).Where(reported => reported.Stands()))
        {
            fits &= Find(device, reported) is not null || Take(context, device, reported, receiveUs);
        }

        context.Changed(device);
        return fits;
    }

    /// <summary>Raises a condition that was told of late, and that nothing newer has ended.</summary>
    /// <param name="currentUs">When it was last known to stand.</param>
    public static void Raise(in RuleContext context, DeviceState device, AlarmCondition condition, long currentUs)
    {
        Take(context, device, condition with { Priority = condition.ShownPriority() }, receiveUs: context.NowUs, sinceUs: currentUs);
        context.Changed(device);
    }

    /// <summary>What an event says of a condition, whatever became of it.</summary>
    public static List<Evidence> Describe(AlarmCondition condition)
    {
        List<Evidence> evidence = [new("condition", condition.Id), new("event", condition.Event), new("alarm_kind", condition.Kind.ToString().ToLowerInvariant())];
        Add("source", condition.Source.Length > 0 ? condition.Source : null);
        Add("text", condition.Text.Length > 0 ? condition.Text : null);
        Add("value", Rounded(condition.Value));
        Add("low_limit", Rounded(condition.LowLimit));
        Add("high_limit", Rounded(condition.HighLimit));
        return evidence;

        void Add(string name, object? value)
        {
            if (value is not null)
            {
                evidence.Add(new(name, value));
            }
        }

        static object? Rounded(double? value) => value is { } number ? Math.Round(number, 3) : null;
    }

    /// <summary>Marks what can no longer be confirmed.</summary>
    /// <returns>The next log time at which that may happen; long.MaxValue never.</returns>
    public static long Age(in RuleContext context, DeviceState device)
    {
        var next = long.MaxValue;
        foreach (var standing in device.Conditions)
        {
            var due = standing.ConfirmedUs + context.Ages.ConditionUnconfirmedUs;
            if (standing.Phase == AlarmPhase.Unknown)
            {
                continue;
            }

            if (device.State == BedCondition.Lost || context.NowUs >= due)
            {
                Move(context, device, standing, AlarmPhase.Unknown);
            }
            else
            {
                next = Math.Min(next, due);
            }
        }

        return next;
    }

    /// <summary>The conditions in the order of the report; of those with one id the most urgent, wherever it stands.</summary>
    private static IEnumerable<AlarmCondition> OneEach(AlarmReport report) => report.Conditions
        .GroupBy(condition => condition.Id, StringComparer.Ordinal)
        .Select(same => same.MaxBy(condition => condition.Urgency())!)
        .Select(condition => condition with { Priority = condition.ShownPriority() });

    private static ConditionState? Find(DeviceState device, AlarmCondition reported) =>
        device.Conditions.Find(standing => standing.Condition.Id == reported.Id);

    private static bool Take(in RuleContext context, DeviceState device, AlarmCondition reported, long receiveUs, long? sinceUs = null)
    {
        var standing = Find(device, reported);
        if (!reported.Stands())
        {
            End(context, device, standing);
            return true;
        }

        if (standing is null)
        {
            var fits = device.Conditions.Count < MaxConditions;
            if (!fits && !MakeRoom(context, device, reported))
            {
                return false;
            }

            var phase = !reported.Present ? AlarmPhase.Latched
                : reported.Inactivation == AlarmInactivation.Acknowledged ? AlarmPhase.ActiveAcknowledged
                : AlarmPhase.ActiveUnacknowledged;
            var episode = context.Start(device, "alarm", "device", SeverityOf(reported), Evidence(reported, phase, sinceUs), detail: reported.Id);
            device.Conditions.Add(new ConditionState { Condition = reported, Phase = phase, Episode = episode, ConfirmedUs = receiveUs });
            return fits;
        }

        var before = standing.Condition;
        standing.Condition = reported;
        standing.ConfirmedUs = receiveUs;
        var after = Next(standing.Phase, before, reported);
        if (after != standing.Phase || reported.Priority != before.Priority)
        {
            standing.Episode.Severity = SeverityOf(reported);
            Move(context, device, standing, after);
        }

        return true;
    }

    private static AlarmPhase Next(AlarmPhase phase, AlarmCondition before, AlarmCondition reported) => reported switch
    {
        { Present: false } => AlarmPhase.Latched,
        _ when phase is AlarmPhase.Unknown or AlarmPhase.Latched => AlarmPhase.ActiveUnacknowledged,
        _ when reported.Priority > before.Priority => AlarmPhase.ActiveUnacknowledged,
        // Only a fresh acknowledgement counts: one from before an outage does not survive it.
        { Inactivation: AlarmInactivation.Acknowledged } when before.Inactivation != AlarmInactivation.Acknowledged => AlarmPhase.ActiveAcknowledged,
        { Inactivation: not AlarmInactivation.Acknowledged } => AlarmPhase.ActiveUnacknowledged,
        _ => phase,
    };

    private static void EndAbsent(in RuleContext context, DeviceState device, AlarmReport report)
    {
        for (var i = device.Conditions.Count - 1; i >= 0; i--)
        {
            var standing = device.Conditions[i];
            if (!report.Conditions.Exists(condition => condition.Id == standing.Condition.Id))
            {
                End(context, device, standing);
            }
        }
    }

    /// <summary>At the limit the least urgent condition gives way to one that is more urgent.</summary>
    private static bool MakeRoom(in RuleContext context, DeviceState device, AlarmCondition reported)
    {
        var least = device.Conditions.MinBy(standing => standing.Condition.Urgency())!;
        if (reported.Urgency().CompareTo(least.Condition.Urgency()) <= 0)
        {
            return false;
        }

        End(context, device, least);
        return true;
    }

    private static void End(in RuleContext context, DeviceState device, ConditionState? standing)
    {
        if (standing is null)
        {
            return;
        }

        context.Say(device, standing.Episode, EventPhase.End, [new("condition", standing.Condition.Id), new("self_cleared", standing.Phase == AlarmPhase.ActiveUnacknowledged)]);
        device.Conditions.Remove(standing);
        context.Changed(device);
    }

    private static void Move(in RuleContext context, DeviceState device, ConditionState standing, AlarmPhase phase)
    {
        standing.Phase = phase;
        context.Say(device, standing.Episode, EventPhase.Update, Evidence(standing.Condition, phase));
        context.Changed(device);
    }

    private static EventSeverity SeverityOf(AlarmCondition condition) => (EventSeverity)condition.Priority;

    private static List<Evidence> Evidence(AlarmCondition condition, AlarmPhase phase, long? lateSinceUs = null)
    {
        var evidence = Describe(condition);
        evidence.Insert(1, new("state", PhaseName(phase)));
        if (lateSinceUs is { } sinceUs)
        {
            evidence.AddRange([new("late", true), new("last_present", EventJson.Iso(sinceUs))]);
        }

        return evidence;
    }

    private static string PhaseName(AlarmPhase phase) => phase switch
    {
        AlarmPhase.ActiveUnacknowledged => "active_unack",
        AlarmPhase.ActiveAcknowledged => "active_ack",
        AlarmPhase.Latched => "latched",
        AlarmPhase.Unknown => "unknown",
        _ => "normal",
    };
}
