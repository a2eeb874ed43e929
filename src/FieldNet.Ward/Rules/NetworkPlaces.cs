using System.Globalization;
using FieldNet.Ward.State;

namespace FieldNet.Ward.Rules;

/// <summary>Finds the cell and the slice of what a message says, and lets them appear.</summary>
internal static class NetworkPlaces
{
    /// <param name="stay">The cell that the speaker was on: physical cell ids may repeat across a site, and it is the likelier of two.</param>
    /// <returns>Index of the cell; −1 when nothing says which, or there are too many.</returns>
    public static int Cell(NetworkState network, ulong? nrCellId, uint? pci, int stay = -1)
    {
        if (nrCellId is null && pci is null)
        {
            return -1;
        }

        var found = nrCellId is null
            ? stay >= 0 && network.Cells[stay].Pci == pci ? stay : FindPci(network, pci)
            : FindIdentity(network, nrCellId);
        if (found < 0 && nrCellId is not null && pci is not null)
        {
            found = FindPci(network, pci, withoutIdentity: true);
        }

        if (found < 0 && network.Cells.Count < WardLimits.Cells)
        {
            found = network.Cells.Count;
            network.Cells.Add(new CellState());
        }

        if (found >= 0)
        {
            var cell = network.Cells[found];
            if (nrCellId is not null && pci is not null && cell.Pci is null)
            {
                Absorb(network, found, pci.Value);
            }

            (cell.NrCellId, cell.Pci) = (nrCellId ?? cell.NrCellId, pci ?? cell.Pci);
            cell.Name = cell.IsPlanned ? cell.Name : CellState.NameOf(cell.NrCellId, cell.Pci, cell.Name);
        }

        return found;
    }

    /// <summary>A gNB knew it by its PCI alone, the core by its identity alone, and a gateway has just said that they are one.</summary>
    private static void Absorb(NetworkState network, int into, uint pci)
    {
        var twin = FindPci(network, pci, withoutIdentity: true);
        if (twin < 0 || network.Cells[twin].IsPlanned)
        {
            return;
        }

        var (cell, gone) = (network.Cells[into], network.Cells[twin]);
        (cell.Source, cell.Facts, cell.ReportedUs) = (gone.Source, gone.Facts, gone.ReportedUs);
        (cell.Congested, cell.CongestedEpisode, gone.CongestedEpisode) = (gone.Congested, gone.CongestedEpisode, null);
        network.Terminals.ForEach(terminal => terminal.Cell = terminal.Cell == twin ? into : terminal.Cell);
        foreach (var gateway in network.Gateways)
        {
            gateway.Cell = gateway.Cell == twin ? into : gateway.Cell;
            gateway.PlannedCell = gateway.PlannedCell == twin ? into : gateway.PlannedCell;
        }

        // Its place stays taken, so that no index changes its meaning; nothing finds it any more.
        (gone.Pci, gone.Source, gone.Facts) = (null, "", null);
    }

    /// <summary>The cell that a plan names: by its own list of cells, or as the network calls it.</summary>
    public static int PlannedCell(NetworkState network, string name)
    {
        var known = network.Cells.FindIndex(cell => string.Equals(cell.Name, name, StringComparison.OrdinalIgnoreCase));
        if (known >= 0)
        {
            return known;
        }

        if (name.StartsWith("pci-", StringComparison.OrdinalIgnoreCase) && uint.TryParse(name.AsSpan(4), NumberStyles.None, CultureInfo.InvariantCulture, out var pci))
        {
            return Cell(network, null, pci);
        }

        var hex = name.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? name.AsSpan(2) : name;
        return ulong.TryParse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var id) ? Cell(network, id, null) : -1;
    }

    /// <returns>Index of the slice; −1 when none is named, or there are too many.</returns>
    public static int Slice(NetworkState network, string name)
    {
        var found = name.Length == 0 ? -1 : FindSlice(network, name);
        if (found < 0 && name.Length is > 0 and <= WardLimits.IdentityText && network.Slices.Count < WardLimits.Slices)
        {
            found = network.Slices.Count;
            network.Slices.Add(new SliceState { Name = name });
        }

        return found;
    }

    // Asked with each report of each gateway: loops make no closures.
    private static int FindIdentity(NetworkState network, ulong? nrCellId)
    {
        for (var i = 0; i < network.Cells.Count; i++)
        {
            if (network.Cells[i].NrCellId == nrCellId)
            {
                return i;
            }
        }

        return -1;
    }

    private static int FindPci(NetworkState network, uint? pci, bool withoutIdentity = false)
    {
        for (var i = 0; i < network.Cells.Count; i++)
        {
            if (network.Cells[i].Pci == pci && !(withoutIdentity && network.Cells[i].NrCellId is not null))
            {
                return i;
            }
        }

        return -1;
    }

    private static int FindSlice(NetworkState network, string name)
    {
        for (var i = 0; i < network.Slices.Count; i++)
        {
            if (network.Slices[i].Name == name)
            {
                return i;
            }
        }

        return -1;
    }
}
