namespace FieldNet.Ward;

/// <summary>One radio cell of the plan: its name, and what it is known by on the air and in the core.</summary>
public sealed record CellPlan
{
    /// <summary>Letters, digits, <c>-</c>, <c>_</c>: the name in events' subjects.</summary>
    public required string Name { get; init; }

    public ulong? NrCellId { get; init; }

    public uint? Pci { get; init; }

    /// <summary>Name of the source that reads its gNB.</summary>
    public string? Source { get; init; }
}
