using FieldNet.Bedside.Faults;
using FieldNet.Bedside.Scoring;

namespace FieldNet.Bedside.Scenarios;

/// <summary>Writes down the truth about a scenario.</summary>
internal static class ScenarioLabels
{
    /// <summary>What an injected fault is called in breakdowns: its kind, and where it lies.</summary>
    public static string KindOf(Fault fault) => $"{FaultTruth.Word(fault.What)}/{FaultTruth.CauseOf(fault)}";

    public static IReadOnlyList<Label> Of(Scenario scenario)
    {
        List<Label> labels = [];
        foreach (var (n, fault) in scenario.Faults.Index())
        {
            labels.AddRange(FaultTruth.Of(fault, scenario.Layout, scenario.StartUs, scenario.Lasting).Select(label => label with { Fault = scenario.FaultNumber(n) }));
        }
        labels.AddRange(BackgroundTruth.Of(scenario.Layout, scenario.Paths, scenario.StartUs, scenario.Lasting));
        return labels;
    }
}
