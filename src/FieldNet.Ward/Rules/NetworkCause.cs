using FieldNet.Ward.Events;
using FieldNet.Ward.State;

namespace FieldNet.Ward.Rules;

/// <summary>Corrects what the tree of paths says by what the 5G side says of itself: a core that is down darkens every bed as a backhaul does.</summary>
internal static class NetworkCause
{
    public static FaultPlace Of(WardState ward, FaultPlace root, string what, long nowUs)
    {
        var isWide = root.Node is FaultNode.Backhaul or FaultNode.Core || (root.Node == FaultNode.Cell && ward.Network.Cells.Count == 1);
        if (!isWide)
        {
            return root;
        }

        if (NetworkHealth.Core(ward, nowUs).Condition == PartCondition.Down)
        {
            return new(FaultNode.Core, 0);
        }

        return NetworkHealth.Backhaul(ward, nowUs).Condition == PartCondition.Down ? FaultPlace.Whole : root;
    }

    public static IEnumerable<Evidence> EvidenceOf(WardState ward, IncidentState incident, long nowUs) => incident.Place switch
    {
        FaultNode.Core => NetworkHealth.Core(ward, nowUs).Evidence,
        FaultNode.Backhaul => NetworkHealth.Backhaul(ward, nowUs).Evidence,
        FaultNode.Cell => NetworkHealth.Cell(ward, incident.Index, nowUs).Evidence,
        FaultNode.Slice => NetworkHealth.Slice(ward, incident.Index, nowUs).Evidence,
        FaultNode.Gateway => NetworkHealth.Gateway(ward, incident.Index, nowUs).Evidence,
        _ => [],
    };
}
