namespace FieldNet.Ward;

/// <summary>How the site's network was planned: what the join of identities starts from, and what a bed's flow is measured against.</summary>
/// <remarks>Part of <see cref="WardOptions"/>, so in the record of each start. Without one the join rests on what gateways and the core say.</remarks>
public sealed record NetworkPlan
{
    public IReadOnlyList<GatewayPlan> Gateways { get; init; } = [];
}
