namespace FieldNet.Ward;

/// <summary>How the site's network was planned: what the join of identities starts from, and what a bed's flow is measured against.</summary>
/// <remarks>Part of <see cref="WardOptions"/>, so in the record of each start. Without one the join rests on what gateways and the core say.</remarks>
public sealed record NetworkPlan
{
    public IReadOnlyList<GatewayPlan> Gateways { get; init; } = [];

    /// <summary>Cells may be left out: they are then known by what gateways, gNBs and the core call them.</summary>
    public IReadOnlyList<CellPlan> Cells { get; init; } = [];

    /// <summary>How long the service goes on without a message that is due, milliseconds. Null: one transfer interval and the delay budget, 100 ms at least.</summary>
    public double? SurvivalMs { get; init; }

    public bool Equals(NetworkPlan? other) => other is not null && Gateways.SequenceEqual(other.Gateways) && Cells.SequenceEqual(other.Cells)
        && SurvivalMs == other.SurvivalMs;

    public override int GetHashCode() => HashCode.Combine(Gateways.Count, Cells.Count);
}
