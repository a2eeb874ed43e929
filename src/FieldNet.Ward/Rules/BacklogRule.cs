using FieldNet.Telemetry.Messages;
using FieldNet.Telemetry.Records;
using FieldNet.Ward.Events;
using FieldNet.Ward.State;
using DeviceState = FieldNet.Ward.State.DeviceState;

namespace FieldNet.Ward.Rules;

/// <summary>Alarm reports that were buffered during an outage: no live alarm for what is over, and a live one for what still stands (P3).</summary>
/// <remarks>
/// A condition that a backlog tells of waits until it is known how it stands: its end comes in the backlog, or the device's own live
/// set says. What is over is a <c>missed</c> event with its times. What nothing newer has ended is raised when the backlog pauses, or
/// after <see cref="LongestWaitUs"/> at the latest: in doubt it stands. A backlog ends nothing that stands live, since that is newer.
/// </remarks>
internal static class BacklogRule
{
    /// <summary>A backlog that pauses for so long has told what it had.</summary>
    private const long PauseUs = 2_000_000;

    /// <summary>No condition waits longer for a word of its end.</summary>
    private const long LongestWaitUs = 10_000_000;

    /// <summary>The report tells of the past: its sender says so, or it lay on the way for longer than a condition may go unconfirmed.</summary>
    public static bool IsBacklog(in RuleContext context, DeviceState device, in Stamp stamp, in LogRecord record) =>
        stamp.Historical || record.ReceiveTimeUs - StreamRule.CurrentAtUs(device, stamp, record) > context.Ages.ConditionUnconfirmedUs;

    /// <returns>False when the device reports more conditions than are remembered; those are taken as live.</returns>
    public static bool Report(in RuleContext context, DeviceState device, AlarmReport report, in LogRecord record)
    {
        var currentUs = CurrentAtUs(device, report.Stamp, record);
        device.BacklogHeardUs = record.ReceiveTimeUs;
        if (report.Complete && !report.Truncated)
        {
            for (var i = device.Backlog.Count - 1; i >= 0; i--)
            {
                var waiting = device.Backlog[i];
                if (waiting.LastUs < currentUs && !report.Conditions.Exists(condition => condition.Id == waiting.Condition.Id))
                {
                    Miss(context, device, waiting, endedUs: currentUs);
                }
            }
        }

        var fits = !report.Truncated;
        foreach (var reported in report.Conditions)
        {
            fits &= Take(context, device, reported, currentUs, record.ReceiveTimeUs);
        }

        return fits;
    }

    /// <summary>A live report was taken: what it speaks of is no longer a matter of the backlog.</summary>
    public static void Settle(in RuleContext context, DeviceState device, AlarmReport report, in LogRecord record)
    {
        if (report.Complete && !report.Truncated)
        {
            device.CompleteAtUs = StreamRule.CurrentAtUs(device, report.Stamp, record);
        }

        for (var i = device.Backlog.Count - 1; i >= 0; i--)
        {
            var waiting = device.Backlog[i];
            var isSaid = report.Conditions.Exists(condition => condition.Id == waiting.Condition.Id);
            if (isSaid && Stands(device, waiting))
            {
                device.Backlog.RemoveAt(i);
            }
            else if (isSaid || IsOver(device, waiting))
            {
                Miss(context, device, waiting, endedUs: 0);
            }
        }
    }

    /// <summary>Decides what has waited long enough.</summary>
    /// <returns>The next log time at which something may change; long.MaxValue never.</returns>
    public static long Age(in RuleContext context, DeviceState device)
    {
        var next = long.MaxValue;
        for (var i = device.Backlog.Count - 1; i >= 0; i--)
        {
            var waiting = device.Backlog[i];
            var dueUs = Math.Min(device.BacklogHeardUs + PauseUs, waiting.HeardUs + LongestWaitUs);
            if (context.NowUs < dueUs)
            {
                next = Math.Min(next, dueUs);
            }
            else if (IsOver(device, waiting))
            {
                Miss(context, device, waiting, endedUs: 0);
            }
            else
            {
                device.Backlog.RemoveAt(i);
                if (IsNews(device, waiting.Condition, waiting.LastUs))
                {
                    ConditionRule.Raise(context, device, waiting.Condition, waiting.LastUs);
                }
            }
        }

        return next;
    }

    private static bool Take(in RuleContext context, DeviceState device, AlarmCondition reported, long currentUs, long receiveUs)
    {
        var waiting = device.Backlog.Find(known => known.Condition.Id == reported.Id);
        if (waiting is not null && waiting.LastUs >= currentUs)
        {
            return true;
        }

        if (!reported.Stands())
        {
            if (waiting is not null)
            {
                Miss(context, device, waiting, endedUs: currentUs);
            }
        }
        else if (waiting is not null)
        {
            (waiting.Condition, waiting.LastUs) = (reported, currentUs);
        }
        else if (IsNews(device, reported, currentUs))
        {
            if (device.Backlog.Count >= ConditionRule.MaxConditions)
            {
                ConditionRule.Raise(context, device, reported, currentUs);
                return false;
            }

            device.Backlog.Add(new BacklogCondition { Condition = reported, OnsetUs = currentUs, LastUs = currentUs, HeardUs = receiveUs });
        }

        return true;
    }

    /// <summary>It does not stand live; or it has risen since it was last heard of live.</summary>
    private static bool IsNews(DeviceState device, AlarmCondition reported, long currentUs) =>
        device.Conditions.Find(known => known.Condition.Id == reported.Id) is not { } standing
        || (currentUs > standing.ConfirmedUs && reported.ShownPriority() > standing.Condition.Priority);

    private static bool Stands(DeviceState device, BacklogCondition waiting) =>
        device.Conditions.Exists(standing => standing.Condition.Id == waiting.Condition.Id);

    /// <summary>The device's own complete set is newer, and has it not.</summary>
    private static bool IsOver(DeviceState device, BacklogCondition waiting) => device.CompleteAtUs > waiting.LastUs && !Stands(device, waiting);

    private static void Miss(in RuleContext context, DeviceState device, BacklogCondition waiting, long endedUs)
    {
        device.Backlog.Remove(waiting);
        List<Evidence> evidence =
        [
            .. ConditionRule.Describe(waiting.Condition),
            new("onset", EventJson.Iso(waiting.OnsetUs)),
            new("last_present", EventJson.Iso(waiting.LastUs)),
            new("late", true),
        ];
        if (endedUs > 0)
        {
            evidence.Add(new("ended", EventJson.Iso(endedUs)));
        }

        context.Point(device, "alarm", "missed", (EventSeverity)waiting.Condition.ShownPriority(), evidence, detail: waiting.Condition.Id);
    }

    /// <summary>When a backlog's report was current: its device time on the log's clock; nothing is of the future.</summary>
    private static long CurrentAtUs(DeviceState device, in Stamp stamp, in LogRecord record) =>
        stamp is { Historical: true, HasDeviceTime: true }
            ? Math.Min(record.ReceiveTimeUs, stamp.DeviceTimeUs + device.Delay.FloorOffsetUs)
            : StreamRule.CurrentAtUs(device, stamp, record);
}
