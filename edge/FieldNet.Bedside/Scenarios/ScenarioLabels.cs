using FieldNet.Bedside.Faults;
using FieldNet.Bedside.Scoring;

namespace FieldNet.Bedside.Scenarios;

/// <summary>Writes down the truth about a scenario.</summary>
internal static class ScenarioLabels
{
    public const string Background = "background";

    /// <summary>What an injected fault is called in breakdowns: its kind, and where it lies.</summary>
    public static string KindOf(Fault fault) => $"{FaultTruth.Word(fault.What)}/{FaultTruth.CauseOf(fault)}";

    public static IReadOnlyList<Label> Of(Scenario scenario)
    {
        List<Label> labels = [];
        foreach (var (n, fault) in scenario.Faults.Index())
        {
            labels.AddRange(FaultTruth.Of(fault, scenario.Layout, scenario.StartUs, scenario.Lasting).Select(label => label with { Fault = scenario.FaultNumber(n) }));
        }
        labels.AddRange(OfBackgrounds(scenario));
        return labels;
    }

    private static IEnumerable<Label> OfBackgrounds(Scenario scenario)
    {
        var layout = scenario.Layout;
        var excursions = scenario.Paths.Select(path => NaturalExcursions.Of(path, scenario.Lasting)).ToArray();
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
            new(what, subject, Background, scenario.StartUs + start, scenario.StartUs + end, [.. beds]) { IsOptional = true };
    }
}
