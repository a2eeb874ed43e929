namespace FieldNet.Ward.State;

/// <summary>One radio cell.</summary>
public sealed class CellState
{
    /// <summary>NR cell identity in hexadecimal where one is known, else <c>pci-N</c>: the name in events' subjects.</summary>
    public string Name { get; set; } = "";

    public ulong? NrCellId { get; set; }

    public uint? Pci { get; set; }
}
