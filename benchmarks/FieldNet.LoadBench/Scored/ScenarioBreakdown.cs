using FieldNet.Bedside.Scoring;

namespace FieldNet.LoadBench.Scored;

/// <summary>Tells a person where the score comes from: by kind of fault, and each miss and false finding with its scenario.</summary>
internal sealed class ScenarioBreakdown(TextWriter output, int most)
{
    public void Tell(IReadOnlyList<ScenarioRun> runs)
    {
        var outcomes = runs.SelectMany(run => run.Score.Faults.Join(
            run.Scenario.Injected, outcome => outcome.Fault, injected => injected.Fault, (outcome, injected) => (run.Scenario.Number, Outcome: outcome, injected.Kind, injected.Words))).ToArray();
        output.WriteLine($"{"injected",-34}{"faults",7}{"lines",7}{"recall",8}{"root",7}{"inc/f",7}{"p50 s",8}{"p95 s",8}  said instead of the right root");
        foreach (var kind in outcomes.GroupBy(fault => fault.Kind).OrderBy(kind => kind.Key, StringComparer.Ordinal))
        {
            var faults = kind.Select(fault => fault.Outcome).ToArray();
            int lines = faults.Sum(fault => fault.Lines.Count(line => !line.IsOptional));
            var found = faults.Where(fault => fault.IsFound).ToArray();
            var delays = found.Select(fault => fault.DelayS!.Value).Order().ToArray();
            var instead = found.Where(fault => !fault.IsRootRight).SelectMany(fault => fault.Incidents.Select(Said).DefaultIfEmpty("nothing"))
                .GroupBy(said => said).OrderByDescending(said => said.Count()).Take(4).Select(said => $"{said.Key} ×{said.Count()}");
            output.WriteLine(
                $"{kind.Key,-34}{faults.Length,7}{lines,7}{1 - (double)faults.Sum(fault => fault.Missed.Count) / Math.Max(1, lines),8:0.000}"
                + $"{(double)found.Count(fault => fault.IsRootRight) / Math.Max(1, found.Length),7:0.00}{(double)found.Sum(fault => fault.Incidents.Count) / Math.Max(1, found.Length),7:0.00}"
                + $"{At(delays, 0.5),8:0.00}{At(delays, 0.95),8:0.00}  {string.Join(", ", instead)}");
        }
        List("missed", outcomes.SelectMany(fault => fault.Outcome.Missed.Select(line => $"{fault.Number,6}: {line.What} at {line.Subject}; {fault.Words}; said: {Words(fault.Outcome.Incidents)}")));
        List("wrong root", outcomes.Where(fault => fault.Outcome is { IsFound: true, IsRootRight: false }).Select(fault => $"{fault.Number,6}: {fault.Words}; said: {Words(fault.Outcome.Incidents)}"));
        TellFalse(runs);
        TellCover(runs);
    }

    public void TellQuiet(IReadOnlyList<ScenarioRun> runs)
    {
        foreach (var background in runs.GroupBy(run => string.Join(", ", run.Scenario.Backgrounds)))
        {
            double bedDays = background.Sum(run => run.Scenario.BedDays);
            var found = background.SelectMany(run => run.Score.False).ToArray();
            output.WriteLine($"quiet over {background.Key,-34}{bedDays,7:0.0} bed-days{found.Length,7} false, {found.Length / bedDays:0.00} per bed-day: "
                + string.Join(", ", found.GroupBy(Said).OrderByDescending(said => said.Count()).Take(5).Select(said => $"{said.Key} ×{said.Count()}")));
            TellCover([.. background]);
        }
        TellFalse(runs);
    }

    private void TellFalse(IReadOnlyList<ScenarioRun> runs) => List("false", runs.SelectMany(run => run.Score.False.Select(one =>
        $"{run.Scenario.Number,6}: {(one.TimeUs - run.Scenario.StartUs) / 1e6,8:0.0} s {one.Kind}/{Said(one)} at {one.Subject}")));

    /// <summary>How much of the beds' time natural excursions excuse, with the tolerance of the score.</summary>
    private void TellCover(IReadOnlyList<ScenarioRun> runs)
    {
        double bedSeconds = runs.Sum(run => run.Scenario.BedDays) * 86_400;
        var excused = runs.SelectMany(run => run.Scenario.Labels.Where(label => label is { IsOptional: true, Fault: null } && label.Subject.Split('/').Length == 3)
            .GroupBy(label => (label.What, label.Subject)).Select(lines => (lines.Key.What, Us: Union(lines, run.Scenario))));
        var cover = excused.GroupBy(lines => lines.What).OrderBy(what => what.Key, StringComparer.Ordinal).Select(what => $"{what.Key} {100 * what.Sum(lines => lines.Us) / 1e6 / bedSeconds:0.0} %");
        output.WriteLine($"  bed time excused by the backgrounds' own excursions: {string.Join(", ", cover)}");
    }

    private static double Union(IEnumerable<Label> lines, Bedside.Scenarios.Scenario scenario)
    {
        double sum = 0;
        long until = scenario.StartUs;
        long last = scenario.StartUs + (scenario.Lasting.Ticks / TimeSpan.TicksPerMicrosecond);
        foreach (var line in lines.OrderBy(line => line.StartUs))
        {
            long end = Math.Min(last, line.EndUs!.Value + Scorer.AfterUs);
            sum += Math.Max(0, end - Math.Max(until, line.StartUs - Scorer.BeforeUs));
            until = Math.Max(until, end);
        }
        return sum;
    }

    private void List(string title, IEnumerable<string> lines)
    {
        string[] all = [.. lines];
        output.WriteLine($"{title}: {all.Length}");
        foreach (var line in all.Take(most))
        {
            output.WriteLine($"  {line}");
        }
        if (all.Length > most)
        {
            output.WriteLine($"  … and {all.Length - most} more");
        }
    }

    private static string Words(IReadOnlyList<ScoredEvent> incidents) => incidents.Count == 0 ? "nothing" : string.Join(", ", incidents.Select(Said));

    private static string Said(ScoredEvent one) => one.Cause.Length > 0 ? $"{one.What}/{one.Cause}" : one.What;

    private static double At(double[] sorted, double share) => sorted.Length == 0 ? double.NaN : sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)];
}
