using FieldNet.Ward.Events;
using FieldNet.Ward.State;

namespace FieldNet.Ward.Rules;

/// <summary>Names anew, at the place above, what began as one bed's fault: its first signs were all that could be known within 2 s.</summary>
/// <remarks>The first name ends and becomes one of the children of the second: a fault is named once. Source: docs/detectors/incidents.md.</remarks>
internal static class IncidentRising
{
    /// <summary>So young an incident may still rise; loss and disorder take longer to show at a gateway that speaks once a second.</summary>
    private const long SoonUs = 7_000_000, RarelyShownUs = 45_000_000;

    /// <summary>What has begun as one bed's fault and now shows to be of a place above it is named anew there, and the first name becomes a part of that.</summary>
    /// <returns>True when it did.</returns>
    public static bool Apply(in RuleContext context, IncidentState incident)
    {
        var (ward, now, id) = (context.Ward, context.NowUs, incident.Episode.Id);
        var youngUs = incident.Episode.What is "loss" or "reordering" or "duplicates" ? RarelyShownUs : SoonUs;
        if (incident.IsHeld || incident.Cause == FaultNode.Clock || now - incident.Episode.OnsetUs > youngUs || incident.Place is not (<= FaultNode.Cell or FaultNode.Backhaul)
            || ward.Findings.Find(finding => finding.Incident == id && finding.EndUs == 0 && finding.Node <= FaultNode.Gateway && finding.Episode.What == incident.Episode.What) is not { } seed)
        {
            return false;
        }

        var root = NetworkCause.Of(ward, IncidentRule.RootOf(ward, seed, now), seed.Episode.What, now);
        if (!IsAbove(root.Node, incident.Place) || ward.Incidents.Exists(other => other.Place == root.Node && other.Index == root.Index && other.Episode.What == incident.Episode.What))
        {
            return false;
        }

        var children = ward.Findings.FindAll(finding => finding.Incident == id || (finding.Incident.Length == 0 && IncidentRule.Together(ward, root, seed, finding)));
        Merge(context, IncidentRule.Begin(context, incident.Episode.What, root, root.Node, incident.Episode.Severity, children, []));
        return true;
    }

    /// <summary>Incidents just begun below this one were its first signs: it explains them, and they end.</summary>
    public static void Merge(in RuleContext context, IncidentState parent)
    {
        var (ward, now) = (context.Ward, context.NowUs);
        var place = new FaultPlace(parent.Place, parent.Index);
        var parts = ward.Incidents.FindAll(sign => sign != parent && !sign.IsHeld && sign.Cause != FaultNode.Clock && IsAbove(parent.Place, sign.Place)
            && now - sign.Episode.OnsetUs <= RarelyShownUs && Consequences.MayGoTogether(parent.Episode.What, sign.Episode.What) && IsWithin(ward, place, sign));
        foreach (var part in parts)
        {
            parent.Children.Add(part.Episode.Id);
            IncidentRule.Adopt(ward, parent, ward.Findings.FindAll(finding => finding.Incident == part.Episode.Id));
            IncidentRule.Close(context, part, [new("part_of", parent.Episode.Id)]);
        }

        if (parts.Count > 0)
        {
            context.Outbox.Say(ward, context.NowUs, parent.Episode, EventPhase.Update, parent.Beds, IncidentRule.EvidenceOf(ward, parent, context.NowUs, []), IncidentRule.NameOf(parent.Cause));
        }
    }

    /// <summary>Higher in the tree; and a core that says itself that it is down comes before the way to it.</summary>
    private static bool IsAbove(FaultNode parent, FaultNode child) => parent == FaultNode.Core ? child != FaultNode.Core : parent > child && child != FaultNode.Core;

    private static bool IsWithin(WardState ward, FaultPlace place, IncidentState sign) => sign.Place <= FaultNode.Gateway
        ? place.Covers(ward, ward.Devices[sign.Index])
        : place.Node >= FaultNode.Core || ward.Devices.TrueForAll(device => !new FaultPlace(sign.Place, sign.Index).Covers(ward, device) || place.Covers(ward, device));
}
