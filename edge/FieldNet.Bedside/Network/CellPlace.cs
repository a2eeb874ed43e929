namespace FieldNet.Bedside.Network;

/// <summary>A radio cell, of a gNB of its own.</summary>
internal sealed record CellPlace(string Name, uint Pci, ulong NrCellId, string Gnb);
