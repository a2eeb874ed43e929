using FieldNet.Bedside.Backgrounds;
using FieldNet.Bedside.Faults;
using FieldNet.Bedside.Network;
using FieldNet.Bedside.Scoring;

namespace FieldNet.Bedside.Scenarios;

/// <summary>Labels what the recorded paths of a site did by themselves: all of it optional.</summary>
internal static class BackgroundTruth
{
    public const string Cause = "background";

    /// <param name="layout">The site.</param>
    /// <param name="paths">Of its gateways, by number.</param>
    /// <param name="startUs">UTC of the paths' time 0.</param>
    /// <param name="lasting">How long they were played.</param>
    public static IEnumerable<Label> Of(SiteLayout layout, IReadOnlyList<PlayedDelay> paths, long startUs, TimeSpan lasting)
    {
        var excursions = paths.Select(path => NaturalExcursions.Of(path, lasting)).ToArray();
        foreach (var (n, gateway) in layout.Gateways.Index())
        {
            // A gateway of its own bed is below that bed; one that serves several is not.
            string[] subjects = [.. gateway.Beds.Select(bed => $"{layout.Site}/{bed}"), .. gateway.Place.Bed.EndsWith("_ward", StringComparison.Ordinal) ? [gateway.Subject] : Array.Empty<string>()];
            foreach (var (what, start, end) in excursions[n])
            {
                foreach (string subject in subjects)
                {
                    yield return Line(what, subject, start, end, gateway.Beds);
                }
            }
        }
        foreach (string place in (string[])[.. layout.Cells.Select(cell => Fault.CellMark + cell.Name), .. layout.Slices.Select(slice => Fault.SliceMark + slice.Name), Fault.Core, Fault.Backhaul])
        {
            var common = new Fault(default, default, FaultKind.Silent, place, 0);
            int[] under = [.. layout.Gateways.Index().Where(gateway => common.Touches(gateway.Item.Place)).Select(gateway => gateway.Index)];
            foreach (var (what, start, end) in NaturalExcursions.OfMost([.. under.Select(n => excursions[n])]))
            {
                yield return Line(what, FaultTruth.SubjectOf(common, layout), start, end, layout.BedsUnder(common));
            }
        }

        Label Line(string what, string subject, long start, long end, IEnumerable<string> beds) =>
            new(what, subject, Cause, startUs + start, startUs + end, [.. beds]) { IsOptional = true };
    }
}
