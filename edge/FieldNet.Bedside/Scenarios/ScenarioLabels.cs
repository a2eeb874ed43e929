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
        foreach (var (gateway, path) in scenario.Layout.Gateways.Zip(scenario.Paths))
        {
            // A gateway of its own bed is below that bed; one that serves several is not.
            string[] subjects = [.. gateway.Beds.Select(bed => $"{scenario.Layout.Site}/{bed}"), .. gateway.Place.Bed.EndsWith("_ward", StringComparison.Ordinal) ? [gateway.Subject] : Array.Empty<string>()];
            foreach (var (what, start, end) in NaturalExcursions.Of(path, scenario.Lasting))
            {
                labels.AddRange(subjects.Select(subject =>
                    new Label(what, subject, Background, scenario.StartUs + start, scenario.StartUs + end, [.. gateway.Beds]) { IsOptional = true }));
            }
        }
        return labels;
    }
}
