namespace FieldNet.Ward;

/// <summary>One gateway of the plan. What is not planned is null.</summary>
public sealed record GatewayPlan
{
    /// <summary><c>ward/bed/device</c> of the gateway itself (<c>icu1/bed-03/gw1</c>, <c>icu1/_ward/gw2</c>).</summary>
    public required string Gateway { get; init; }

    /// <summary><c>bed/device</c> of each device behind it.</summary>
    public IReadOnlyList<string> Serves { get; init; } = [];

    /// <summary>Name of the cell that it should be on.</summary>
    public string? Cell { get; init; }

    /// <summary><c>SST</c> or <c>SST-SD</c>.</summary>
    public string? Slice { get; init; }

    public uint? FiveQi { get; init; }

    public string? Supi { get; init; }

    public string? Ip { get; init; }

    public bool Equals(GatewayPlan? other) =>
        other is not null && (Gateway, Cell, Slice, FiveQi, Supi, Ip) == (other.Gateway, other.Cell, other.Slice, other.FiveQi, other.Supi, other.Ip)
        && Serves.SequenceEqual(other.Serves);

    public override int GetHashCode() => Gateway.GetHashCode(StringComparison.Ordinal);
}
