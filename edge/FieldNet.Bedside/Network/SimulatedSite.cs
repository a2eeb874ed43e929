using FieldNet.Bedside.Devices;
using FieldNet.Bedside.Faults;
using FieldNet.Bedside.Scenarios;

namespace FieldNet.Bedside.Network;

/// <summary>The site that <c>simulate</c> and <c>demo</c> show: one ward, three cells, one slice, a gateway at each bed.</summary>
internal static class SimulatedSite
{
    public const string Gateway = "gw1";

    private const int Cells = 3;

    /// <param name="beds">Names, in order.</param>
    public static SiteLayout Of(IReadOnlyList<string> beds)
    {
        var cells = SiteDrawing.Cells(Math.Min(Cells, Math.Max(1, beds.Count / 2)));
        SlicePlace[] slices = [new("clinical", 1, "000001")];
        return new()
        {
            Site = "demo",
            Cells = cells,
            Slices = slices,
            Gateways =
            [
                .. beds.Select((bed, n) =>
                {
                    // Neighbours are on one cell.
                    int cell = n * cells.Length / beds.Count;
                    string subject = BedSetup.SubjectOf(bed, Gateway);
                    DevicePlace At(string at) => new(at, subject, cells[cell].Name, slices[0].Name);
                    return new GatewayPlace(At(subject)) { Cell = cell, Slice = 0, Number = n, Serves = [At(BedSetup.SubjectOf(bed))] };
                }),
            ],
        };
    }

    /// <summary>A script's fault in the site's own names: a cell may be called by its place (<c>cell:a</c>), too.</summary>
    /// <exception cref="SimulationException">The site has no such cell or slice.</exception>
    public static Fault Resolve(Fault fault, SiteLayout layout)
    {
        if (fault.Subject.StartsWith(Fault.SliceMark, StringComparison.Ordinal))
        {
            string slice = fault.Subject[Fault.SliceMark.Length..];
            return layout.Slices.FirstOrDefault(place => place.Name == slice || place.Id == slice) is { } known
                ? fault with { Subject = Fault.SliceMark + known.Name }
                : throw new SimulationException($"There is no slice '{slice}'; there are {string.Join(", ", layout.Slices.Select(place => place.Name))}.");
        }
        if (!fault.Subject.StartsWith(Fault.CellMark, StringComparison.Ordinal))
        {
            return fault;
        }
        string cell = fault.Subject[Fault.CellMark.Length..];
        return layout.Cells.FirstOrDefault(place => place.Name == cell || place.Gnb == "gnb-" + cell) is { } found
            ? fault with { Subject = Fault.CellMark + found.Name }
            : throw new SimulationException($"There is no cell '{cell}'; there are {string.Join(", ", layout.Cells.Select(place => place.Gnb[^1]))}.");
    }
}
