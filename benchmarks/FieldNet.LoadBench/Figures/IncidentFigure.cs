using System.Globalization;
using FieldNet.Bedside.Backgrounds;
using FieldNet.Bedside.Scenarios;
using FieldNet.LoadBench.Scored;
using FieldNet.Ward.Events;

namespace FieldNet.LoadBench.Figures;

/// <summary>A cell goes silent: what each of its devices' detectors said, and the one incident that was made of it.</summary>
/// <remarks>The first generated scenario whose only fault is that, over beds enough, over a made-up recording, run through the ward processor.</remarks>
internal sealed class IncidentFigure : IFigure
{
    private const int Seed = 1, Before = 10, After = 15, Pings = 900, FewestBeds = 6;

    public string Name => "incidents";

    public Plot Draw()
    {
        var scenario = CellGoesSilent();
        var run = ScenarioRun.Of(scenario);
        var label = scenario.Labels.First(label => label.Fault is not null);
        var (begin, end) = (Seconds(scenario, label.StartUs), Seconds(scenario, label.EndUs!.Value));
        WardEvent[] near = [.. run.Events.Where(one => Seconds(scenario, one.TimeUs) > begin - Before && Seconds(scenario, one.TimeUs) < end + After)];
        string[] beds = [.. run.Events.Where(one => one.Kind == "incident").SelectMany(one => one.Beds).Distinct().Order(StringComparer.Ordinal)];

        List<(double X, double Y)> Of(string kind, EventPhase phase) =>
            [.. near.Where(one => one.Kind == kind && one.Phase == phase).SelectMany(one => one.Beds.Where(beds.Contains).Select(bed => (Seconds(scenario, one.TimeUs), 1.0 + Array.IndexOf(beds, bed))))];

        var plot = new Plot($"A cell is silent: {near.Count(one => one is { Kind: "link", Phase: EventPhase.Start })} findings, one incident", "second").Span(begin, end, "cell away");
        plot.Panel("bed", 30 + (22 * beds.Length)).From(0, beds.Length + 1).Dots("finding begins", Ink.Data, Of("link", EventPhase.Start)).Dots("ends", Ink.Second, Of("link", EventPhase.End))
            .Rings("named in the incident", Ink.Alarm, Of("incident", EventPhase.Start));
        plot.Panel("incidents open", 80).From(0, 2).Stairs("of the ward", Ink.Alarm, Open(scenario, near, begin - Before, end + After));
        return plot;
    }

    private static List<(double X, double Y)> Open(Scenario scenario, WardEvent[] near, double from, double to)
    {
        List<(double X, double Y)> open = [(from, 0)];
        foreach (var one in near.Where(one => one.Kind == "incident" && one.Phase is EventPhase.Start or EventPhase.End))
        {
            open.Add((Seconds(scenario, one.TimeUs), open[^1].Y + (one.Phase == EventPhase.Start ? 1 : -1)));
        }

        return [.. open, (to, open[^1].Y)];
    }

    private static Scenario CellGoesSilent()
    {
        var generator = new ScenarioGenerator(Seed, Recording());
        return Enumerable.Range(1, 1_000).Select(generator.Make).First(scenario => scenario.Injected.Count() == 1 && scenario.Injected.First().Kind == "silent/cell" && scenario.Labels.Where(label => label.Fault is not null).SelectMany(label => label.Beds).Distinct().Count() >= FewestBeds);
    }

    /// <summary>What <c>ping</c> would have printed on a path like a recorded one.</summary>
    private static IReadOnlyList<DelayTrace> Recording()
    {
        var noise = new SeededNoise(12);
        var folder = Directory.CreateTempSubdirectory("fieldnet-figure-");
        try
        {
            File.WriteAllLines(
                Path.Combine(folder.FullName, "made-up.txt"),
                Enumerable.Range(1, Pings).Select(seq => string.Create(CultureInfo.InvariantCulture, $"64 bytes from 10.0.0.1: icmp_seq={seq} ttl=64 time={2 * noise.DelayMs():0.0} ms")));
            return DelayTraceReader.ReadFolder(folder.FullName);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static double Seconds(Scenario scenario, long timeUs) => (timeUs - scenario.StartUs) / 1e6;
}
