using FieldNet.Ward.Events;
using FieldNet.Ward.State;

namespace FieldNet.Ward.Rules;

/// <summary>Who is to blame for a fault at a place of the tree, by what the network says of itself.</summary>
internal static class NetworkCause
{
    public static FaultNode Of(WardState ward, FaultPlace root, string what, long nowUs) => root.Node;

    public static IEnumerable<Evidence> EvidenceOf(WardState ward, IncidentState incident) => [];
}
