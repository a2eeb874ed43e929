using FieldNet.Telemetry.Network;
using FieldNet.Ward.State;

namespace FieldNet.Ward.Rules;

/// <summary>Takes what a gNB says of its cells.</summary>
internal static class CellRule
{
    public static void Take(in RuleContext context, NetworkReport report)
    {
        foreach (var facts in report.Cells ?? [])
        {
            if (Find(context.Ward.Network, facts.Pci, report.Source, facts.NrCellId) is >= 0 and var index)
            {
                var cell = context.Ward.Network.Cells[index];
                (cell.Facts, cell.ReportedUs, cell.Source) = (facts, context.NowUs, report.Source);
            }
        }
    }

    /// <summary>A source's cell of a PCI: the one that it has named before, or the one that others know by it.</summary>
    public static int Find(NetworkState network, uint pci, string source, ulong? nrCellId = null)
    {
        var known = nrCellId is null ? network.Cells.FindIndex(cell => cell.Pci == pci && cell.Source == source) : -1;
        return known >= 0 ? known : NetworkPlaces.Cell(network, nrCellId, pci);
    }
}
