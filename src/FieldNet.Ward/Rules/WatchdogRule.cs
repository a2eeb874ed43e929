using FieldNet.Telemetry;
using FieldNet.Telemetry.Messages;
using FieldNet.Telemetry.Network;
using FieldNet.Telemetry.Records;
using FieldNet.Ward.Events;
using FieldNet.Ward.State;

namespace FieldNet.Ward.Rules;

/// <summary>Follows the synthetic TEST alarm along the alarm path, hop by hop: one that a hop has not seen in time is an incident.</summary>
/// <remarks>docs/detectors/alarm-path.md. The TEST alarm is at no bed and no device: it changes no tile (P8).</remarks>
internal static class WatchdogRule
{
    /// <summary>Where its deadlines stand in the heap, beside the devices' indices.</summary>
    public const int Deadline = -4;

    private const long PatienceUs = 10_000_000;
    private const long EveryUs = 60_000_000;

    /// <summary>What the agent, or a screen, says of it.</summary>
    public static void Seen(in RuleContext context, in LogRecord record)
    {
        if (record.Connection != 0 || SeenReport.FromJson(record.Payload) is not { } report)
        {
            return;
        }

        if (report.Hop == SeenReport.Sent)
        {
            Expect(context, report);
            return;
        }

        var ward = report.Ward;
        if (context.Ward.Network.Watchdogs.Find(state => state.Ward == ward && state.Sequence == report.Sequence) is not { } watchdog)
        {
            return;
        }

        switch (report.Hop)
        {
            case SeenReport.Committed:
                watchdog.CommittedMs ??= Ms(report.SeenUs - watchdog.SentUs);
                break;
            case SeenReport.Page:
                watchdog.PageMs ??= Ms(report.SeenUs - watchdog.SentUs);
                break;
            case SeenReport.ScreensLeft:
                watchdog.Screens = report.Screens ?? 0;
                break;
        }

        Pass(context, watchdog);
    }

    /// <summary>The alarm itself, where all alarms come.</summary>
    /// <returns><see cref="Refusal.TopicReserved"/> unless it is the one that the agent said it sends.</returns>
    public static Refusal Arrived(in RuleContext context, in Stamp stamp, in LogRecord record)
    {
        var (site, name, sequence) = (record.Topic.Site, record.Topic.Ward, (long)stamp.Seq);
        var watchdog = context.Ward.Network.Watchdogs.Find(state => state.Site == site && state.Sequence == sequence && IsWard(state, name));
        if (watchdog is null)
        {
            // Another's broker may serve other agents, whose watchdogs are theirs.
            return record.Connection == context.Ward.BrokerConnection && record.Connection > 0 ? Refusal.None : Refusal.TopicReserved;
        }

        if (watchdog.ProcessorMs is null)
        {
            // Connecting came in between: the hops count from the alarm itself.
            watchdog.SentUs = stamp.HasSentTime && stamp.SentTimeUs > watchdog.SentUs && stamp.SentTimeUs <= record.ReceiveTimeUs ? stamp.SentTimeUs : watchdog.SentUs;
            watchdog.EndpointMs = Ms(record.ReceiveTimeUs - watchdog.SentUs);
            watchdog.ProcessorMs = Ms(record.LogTimeUs - watchdog.SentUs);
            Pass(context, watchdog);
        }

        return Refusal.None;
    }

    /// <summary>The agent was away: what it had sent may have been lost with it, and nobody else is to blame.</summary>
    public static void Forget(in RuleContext context)
    {
        foreach (var watchdog in context.Ward.Network.Watchdogs)
        {
            watchdog.DueUs = 0;
            watchdog.GraceUntilUs = context.NowUs + watchdog.EveryUs;
            watchdog.NextDueUs = watchdog.GraceUntilUs + watchdog.EveryUs + PatienceUs;
            DeadlineHeap.Push(context.Ward.Deadlines, new Deadline(watchdog.NextDueUs, Deadline));
        }
    }

    /// <summary>Judges what is due.</summary>
    public static void Age(in RuleContext context)
    {
        foreach (var watchdog in context.Ward.Network.Watchdogs)
        {
            if (watchdog.DueUs > 0 && watchdog.DueUs <= context.NowUs)
            {
                watchdog.DueUs = 0;
                Judge(context, watchdog, Missing(context, watchdog));
            }

            if (watchdog.NextDueUs <= context.NowUs)
            {
                watchdog.NextDueUs = long.MaxValue;
                Judge(context, watchdog, ["sent"]);
            }
        }
    }

    private static void Expect(in RuleContext context, SeenReport report)
    {
        var watchdogs = context.Ward.Network.Watchdogs;
        var watchdog = watchdogs.Find(state => state.Ward == report.Ward);
        if (watchdog is null)
        {
            watchdogs.Add(watchdog = new WatchdogState { Site = report.Site ?? context.Ward.Site, Ward = report.Ward });
        }

        var patienceUs = report.PatienceUs ?? PatienceUs;
        watchdog.EveryUs = report.EveryUs ?? EveryUs;
        (watchdog.Sequence, watchdog.SentUs, watchdog.Screens) = (report.Sequence, report.SeenUs, report.Screens ?? 0);
        watchdog.DueUs = context.NowUs + patienceUs;
        watchdog.NextDueUs = context.NowUs + watchdog.EveryUs + patienceUs;
        (watchdog.EndpointMs, watchdog.CommittedMs, watchdog.ProcessorMs, watchdog.PageMs) = (null, null, null, null);
        DeadlineHeap.Push(context.Ward.Deadlines, new Deadline(watchdog.DueUs, Deadline));
        DeadlineHeap.Push(context.Ward.Deadlines, new Deadline(watchdog.NextDueUs, Deadline));
    }

    /// <summary>Where no screen is open, none has failed to show it.</summary>
    private static void Pass(in RuleContext context, WatchdogState watchdog)
    {
        if (watchdog.ProcessorMs is null || watchdog.CommittedMs is null || (watchdog.PageMs is null && watchdog.Screens > 0) || watchdog.DueUs == 0)
        {
            return;
        }

        watchdog.DueUs = 0;
        if (context.Ward.Incidents.Find(incident => incident.Episode.Id == watchdog.Incident) is { } broken)
        {
            IncidentRule.Close(context, broken, Told(watchdog, missing: null));
        }

        watchdog.Incident = "";
    }

    private static void Judge(in RuleContext context, WatchdogState watchdog, string[] missing)
    {
        // A broker that is gone is said already, as what it is; so is a disk that takes nothing.
        if (missing.Length == 0 || watchdog.Incident.Length > 0 || context.NowUs < watchdog.GraceUntilUs || context.Ward.BrokerAbsence is not null)
        {
            return;
        }

        var incident = IncidentRule.Open(
            context, "alarm_path", new FaultPlace(FaultNode.Agent, 0), FaultNode.Agent, EventSeverity.High, Told(watchdog, missing), BedsOf(context, watchdog));
        watchdog.Incident = incident.Episode.Id;
    }

    private static string[] Missing(in RuleContext context, WatchdogState watchdog)
    {
        var missing = new List<string>();
        if (watchdog.ProcessorMs is null)
        {
            missing.AddRange(["endpoint", "processor"]);
        }

        if (watchdog.CommittedMs is null && context.Ward.DiskFilling is null)
        {
            missing.Add("committed");
        }

        if (watchdog.PageMs is null && watchdog.Screens > 0)
        {
            missing.Add("page");
        }

        return [.. missing];
    }

    private static List<Evidence> Told(WatchdogState watchdog, string[]? missing)
    {
        var evidence = new List<Evidence> { new("ward", watchdog.Ward), new("sequence", watchdog.Sequence) };
        if (missing is not null)
        {
            evidence.Add(new("missing", missing));
        }

        foreach (var (name, ms) in ((string, double?)[])[("endpoint_ms", watchdog.EndpointMs), ("committed_ms", watchdog.CommittedMs), ("processor_ms", watchdog.ProcessorMs), ("page_ms", watchdog.PageMs)])
        {
            if (ms is { } known)
            {
                evidence.Add(new(name, known));
            }
        }

        return evidence;
    }

    private static List<string> BedsOf(in RuleContext context, WatchdogState watchdog) =>
        [.. context.Ward.Beds.Where(bed => bed.HasTile && bed.Site == watchdog.Site && IsWard(watchdog, bed.Ward)).Select(bed => bed.Key)];

    private static bool IsWard(WatchdogState watchdog, string name) =>
        watchdog.Ward == name || (watchdog.Ward.EndsWith(name, StringComparison.Ordinal) && watchdog.Ward.Length == watchdog.Site.Length + 1 + name.Length);

    /// <summary>Rounded: evidence must not depend on a platform's last digit.</summary>
    private static double Ms(long us) => Math.Round(us / 1000.0, 3);
}
