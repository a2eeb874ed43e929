using FieldNet.Ward.Events;
using FieldNet.Ward.State;

namespace FieldNet.Ward.Rules;

/// <summary>Names each fault once, at its root: gathers findings for a moment, finds where they have their root, and says what began there and what it explains.</summary>
/// <remarks>
/// Findings themselves are said at once; only their explanation waits, 2 s at the most, and no clinical alarm ever does (P3). Source: docs/detectors/incidents.md.
/// </remarks>
internal static class IncidentRule
{
    public const int MostChildren = 2_048;

    /// <summary>The device index of the deadline at which findings are to be explained.</summary>
    public const int Deadline = -3;

    private const long SettleUs = 1_900_000;

    /// <summary>A fault that comes back so soon is the same one.</summary>
    private const long HealedForUs = 10_000_000;

    /// <summary>When most of a parent's children are back for so long, those that are not have a fault of their own.</summary>
    private const long ParentHealedForUs = 5_000_000;

    /// <summary>How long what a silence brought may outlast it.</summary>
    private const long AftermathUs = 8_000_000;

    private const int MostPast = 100;

    private const double UsualOverSeconds = 300;

    /// <summary>Has a finding explained within 2 s.</summary>
    public static void Await(in RuleContext context, FindingState finding)
    {
        context.Ward.Findings.Add(finding);
        DeadlineHeap.Push(context.Ward.Deadlines, new Deadline(context.NowUs + SettleUs, Deadline));
    }

    /// <summary>Explains every finding that has waited long enough.</summary>
    public static void Explain(in RuleContext context)
    {
        var (ward, now) = (context.Ward, context.NowUs);
        for (var i = 0; i < ward.Findings.Count; i++)
        {
            var finding = ward.Findings[i];
            if (finding.Incident.Length == 0 && now - finding.Episode.OnsetUs >= SettleUs)
            {
                Explain(context, finding);
            }
        }
    }

    public static void EndSecond(in RuleContext context)
    {
        var (ward, now) = (context.Ward, context.NowUs);
        foreach (var incident in ward.Incidents.ToArray())
        {
            if (incident.HasNews)
            {
                // Once a second, however many findings joined.
                incident.HasNews = false;
                context.Outbox.Say(ward, now, incident.Episode, EventPhase.Update, incident.Beds, EvidenceOf(ward, incident, now, []), NameOf(incident.Cause));
            }

            if (!IncidentRising.Apply(context, incident))
            {
                Heal(context, incident);
            }
        }

        ward.UsualTrouble += (ShareInTrouble(ward) - ward.UsualTrouble) / UsualOverSeconds;
        ward.Findings.RemoveAll(finding => finding.EndUs > 0 && now - finding.EndUs > HealedForUs && finding.Incident.Length > 0);
        ward.PastIncidents.RemoveAll(past => now - past.EndUs > 3_600_000_000);
    }

    /// <summary>Share of devices whose delay is not their usual one.</summary>
    private static double ShareInTrouble(WardState ward)
    {
        var trouble = 0;
        foreach (var device in ward.Devices)
        {
            trouble += device.Link.Latency.Sum >= 3 || device.Link.JitterGrowth.Sum >= 3 ? 1 : 0;
        }

        return ward.Devices.Count == 0 ? 0 : trouble / (double)ward.Devices.Count;
    }

    /// <summary>Opens an incident that no finding is below: the agent's own.</summary>
    /// <param name="beds">Those that it touches; null for those of its place.</param>
    public static IncidentState Open(
        in RuleContext context, string what, FaultPlace place, FaultNode cause, EventSeverity severity, IReadOnlyList<Evidence> evidence, List<string>? beds = null)
    {
        var incident = Begin(context, what, place, cause, severity, [], evidence, beds);
        incident.IsHeld = true;
        return incident;
    }

    public static void Close(in RuleContext context, IncidentState incident, IReadOnlyList<Evidence> evidence)
    {
        var ward = context.Ward;
        incident.EndUs = context.NowUs;
        ward.Incidents.Remove(incident);
        if (ward.PastIncidents.Count == MostPast)
        {
            ward.PastIncidents.RemoveAt(0);
        }

        ward.PastIncidents.Add(incident);
        context.Outbox.Say(ward, context.NowUs, incident.Episode, EventPhase.End, incident.Beds, evidence, NameOf(incident.Cause));
        Mark(ward);
    }

    private static void Explain(in RuleContext context, FindingState finding)
    {
        var (ward, now, what) = (context.Ward, context.NowUs, finding.Episode.What);
        var root = NetworkCause.Of(ward, RootOf(ward, finding, now), what, now);
        if (ward.Incidents.Find(open => Explains(ward, open, finding, root)) is { } known)
        {
            Attach(context, known, [finding]);
            return;
        }

        var together = ward.Findings.FindAll(other => other == finding || (other.Incident.Length == 0 && Together(ward, root, finding, other)));
        var first = together.MinBy(other => (other.EndUs > 0, Consequences.RankOf(other.Episode.What), other.Episode.OnsetUs))!;
        var severity = together.Max(other => other.Episode.Severity);
        var incident = Begin(context, first.Episode.What, root, finding.Cause ?? root.Node, severity, together, []);
        IncidentRising.Merge(context, incident);
    }

    /// <summary>Where a finding has its root, as the tree of paths shows it now.</summary>
    public static FaultPlace RootOf(WardState ward, FindingState finding, long nowUs)
    {
        var isOfDevice = finding.Node <= FaultNode.Gateway;
        return finding.Cause == FaultNode.Clock && isOfDevice
            ? new FaultPlace(finding.Node, finding.Index)
            : new FaultTree(ward, finding, nowUs, isOfDevice && finding.Episode.What == "silent" ? ward.Devices[finding.Index].HeardUs : 0).Root();
    }

    /// <summary>Another finding that waits, of the same root as far as can be seen.</summary>
    public static bool Together(WardState ward, FaultPlace root, FindingState finding, FindingState other) =>
        root.Covers(ward, other) && (root.Node != FaultNode.Sensor || other.Node == FaultNode.Sensor) && (finding.Cause == FaultNode.Clock) == (other.Cause == FaultNode.Clock)
        && (other.Episode.What == finding.Episode.What || Consequences.MayGoTogether(finding.Episode.What, other.Episode.What));

    private static bool Explains(WardState ward, IncidentState open, FindingState finding, FaultPlace root)
    {
        if (open.IsHeld || !new FaultPlace(open.Place, open.Index).Covers(ward, finding))
        {
            return false;
        }

        var (cause, effect) = (open.Episode.What, finding.Episode.What);
        if (cause == effect && cause is "latency" or "jitter" && open.Place >= FaultNode.Gateway && open.StandingCount > 0)
        {
            return true;
        }

        if (cause == effect && cause == "silent" && finding.Node is FaultNode.Device or FaultNode.Gateway
            && ward.Devices[finding.Index].SilentUntilUs is > 0 and var spoke && finding.Episode.OnsetUs - spoke < HealedForUs)
        {
            // It had come back for a moment only.
            return true;
        }

        var isSamePlace = root == new FaultPlace(open.Place, open.Index) || (open.Place is FaultNode.Core or FaultNode.Backhaul && root.Node is FaultNode.Core or FaultNode.Backhaul);
        return isSamePlace ? cause == effect || Consequences.MayGoTogether(cause, effect) : Consequences.Brings(cause, effect);
    }

    /// <summary>Begins an incident that explains these findings, and says so.</summary>
    public static IncidentState Begin(
        in RuleContext context, string what, FaultPlace place, FaultNode cause, EventSeverity severity, List<FindingState> children, IReadOnlyList<Evidence> evidence,
        List<string>? touched = null)
    {
        var ward = context.Ward;
        var beds = touched ?? [.. BedsOf(ward, place, children)];
        var subject = cause == FaultNode.Agent ? "agent" : place.Node == FaultNode.Sensor && children.Count > 0 ? children[0].Episode.Subject : place.SubjectOf(ward, beds);
        var onset = children.Count > 0 ? children.Min(child => child.Episode.OnsetUs) : context.NowUs;
        if (ward.PastIncidents.Exists(past => past.Episode.OnsetUs == onset && past.Episode.Subject == subject && past.Episode.What == what))
        {
            // What an incident that is over let go of begins anew.
            onset = context.NowUs;
        }

        var incident = new IncidentState
        {
            Episode = new Episode("incident", what, subject, onset, EventId.Of(subject, what, onset, touched is null ? "incident" : $"incident {touched.FirstOrDefault()}")) { Severity = severity },
            Cause = cause,
            Place = place.Node,
            Index = place.Index,
            Beds = beds,
        };
        ward.Incidents.Add(incident);
        Adopt(ward, incident, children);
        context.Outbox.Say(ward, context.NowUs, incident.Episode, EventPhase.Start, incident.Beds, EvidenceOf(ward, incident, context.NowUs, evidence), NameOf(cause));
        Mark(ward);
        return incident;
    }

    private static void Attach(in RuleContext context, IncidentState incident, List<FindingState> children)
    {
        var ward = context.Ward;
        Adopt(ward, incident, children);
        foreach (var bed in BedsOf(ward, new FaultPlace(incident.Place, incident.Index), children))
        {
            if (!incident.Beds.Contains(bed))
            {
                incident.Beds.Add(bed);
            }
        }

        incident.Beds.Sort(StringComparer.Ordinal);
        incident.Episode.Severity = (EventSeverity)Math.Max((byte)incident.Episode.Severity, (byte)children.Max(child => child.Episode.Severity));
        incident.HasNews = true;
        Mark(ward);
    }

    /// <summary>Has an incident explain these findings.</summary>
    public static void Adopt(WardState ward, IncidentState incident, List<FindingState> children)
    {
        foreach (var child in children)
        {
            child.Incident = incident.Episode.Id;
            incident.ChildCount++;
            if (incident.Children.Count < MostChildren)
            {
                incident.Children.Add(child.Episode.Id);
            }
        }
    }

    private static void Heal(in RuleContext context, IncidentState incident)
    {
        if (incident.IsHeld)
        {
            return;
        }

        var (standing, silent, all, lastUs, lastSilentUs) = (0, 0, 0, 0L, 0L);
        foreach (var finding in context.Ward.Findings)
        {
            if (finding.Incident == incident.Episode.Id)
            {
                var (isStanding, isSilence) = (finding.EndUs == 0, finding.Episode.What == "silent");
                all++;
                standing += isStanding ? 1 : 0;
                silent += isStanding && isSilence ? 1 : 0;
                lastUs = Math.Max(lastUs, finding.EndUs);
                lastSilentUs = isSilence ? Math.Max(lastSilentUs, finding.EndUs) : lastSilentUs;
            }
        }

        incident.StandingCount = standing;
        var now = context.NowUs;
        if (standing == 0 && now - lastUs >= HealedForUs)
        {
            Close(context, incident, [new("lasted_ms", (lastUs - incident.Episode.OnsetUs) / 1000)]);
        }
        else if (incident.Episode.What == "silent" && standing > 0 && silent == 0 && now - lastSilentUs >= AftermathUs)
        {
            // It speaks again, and not as it did before: what stands longer than the aftermath of a silence is a fault of its own.
            LetGo(context, incident, lastSilentUs);
        }
        else if (standing > 0 && incident.Place >= FaultNode.Gateway && standing <= 0.5 * all && now - lastUs >= ParentHealedForUs
            && context.Ward.Findings.Find(finding => finding.Incident == incident.Episode.Id && finding.EndUs == 0 && finding.Episode.OnsetUs < lastUs) is { } left
            && NetworkCause.Of(context.Ward, RootOf(context.Ward, left, now), left.Episode.What, now) != new FaultPlace(incident.Place, incident.Index))
        {
            // The parent is well again; what is not has a fault of its own, and comes back as that.
            LetGo(context, incident, lastUs);
        }
    }

    private static void LetGo(in RuleContext context, IncidentState incident, long healedUs)
    {
        var id = incident.Episode.Id;
        var left = context.Ward.Findings.FindAll(finding => finding.Incident == id && finding.EndUs == 0);
        left.ForEach(finding => finding.Incident = "");
        Close(context, incident, [new("lasted_ms", (healedUs - incident.Episode.OnsetUs) / 1000), new("left_over", (long)left.Count)]);
        DeadlineHeap.Push(context.Ward.Deadlines, new Deadline(context.NowUs, Deadline));
    }

    private static IEnumerable<string> BedsOf(WardState ward, FaultPlace place, List<FindingState> children)
    {
        return ward.Devices
            .Where(device => ward.Beds[device.Bed].HasTile && (children.Exists(child => child.Node <= FaultNode.Gateway && child.Index == device.Index)
                || (place.Node >= FaultNode.Gateway && place.Node < FaultNode.Agent && place.Covers(ward, device))))
            .Select(device => ward.Beds[device.Bed].Key).Distinct().Order(StringComparer.Ordinal);
    }

    public static Evidence[] EvidenceOf(WardState ward, IncidentState incident, long nowUs, IReadOnlyList<Evidence> more) =>
    [
        new("children", incident.Children.ToArray()),
        new("child_count", (long)incident.ChildCount),
        .. NetworkCause.EvidenceOf(ward, incident, nowUs),
        .. more,
    ];

    /// <summary>Tiles name the cause of what is wrong with them now.</summary>
    public static void Mark(WardState ward)
    {
        foreach (var bed in ward.Beds)
        {
            var standing = ward.Findings.Find(finding => finding.EndUs == 0 && finding.Incident.Length > 0
                && finding.Node <= FaultNode.Gateway && ward.Devices[finding.Index].Bed == bed.Index);
            var cause = standing is not null && ward.Incidents.Find(open => open.Episode.Id == standing.Incident) is { } incident ? NameOf(incident.Cause) : "";
            if (cause != bed.Cause)
            {
                (bed.Cause, bed.Version) = (cause, ward.Record);
            }
        }
    }

    public static string NameOf(FaultNode cause) => cause switch
    {
        FaultNode.Sensor => "sensor",
        FaultNode.Device => "device",
        FaultNode.Gateway => "gateway",
        FaultNode.Cell => "cell",
        FaultNode.Slice => "slice",
        FaultNode.Core => "core",
        FaultNode.Backhaul => "backhaul",
        FaultNode.Agent => "agent",
        _ => "clock",
    };
}
