using System.Globalization;
using FieldNet.LoadBench.Reports;

namespace FieldNet.LoadBench.Nab;

/// <summary><c>bench nab</c>: how good are the series detectors on recorded series that others labelled and scored?</summary>
internal static class NabBench
{
    public const string Verb = "nab";

    /// <summary>The profile that the published ranking goes by.</summary>
    private const string Ranking = "standard";

    private const double LeastStandard = 58;

    /// <returns>The exit code: 0 when the target is met.</returns>
    public static Task<int> RunAsync(string folder, bool sensitivity, string? json) => BenchRun.RunAsync(json, report =>
    {
        Measure(report, folder, sensitivity);
        return Task.CompletedTask;
    });

    private static void Measure(Report report, string folder, bool sensitivity)
    {
        var (series, profiles) = (NabData.Read(folder), NabData.Profiles(folder));
        if (!series.Any(one => one.Windows.Length > 0))
        {
            throw new BenchException($"none of the series in {folder} is labelled as anomalous anywhere");
        }

        var points = series.Sum(one => one.Values.Length);
        report.Add("nab_files", series.Count);
        report.Add("nab_windows", series.Sum(one => one.Windows.Length));
        report.Add("nab_points", points);
        var before = Environment.CpuUsage.TotalTime;
        var run = new NabRun(series, NabRun.Usual);
        report.Add("nab_ms_per_point", (Environment.CpuUsage.TotalTime - before).TotalMilliseconds / points);

        var scores = new List<double>();
        foreach (var profile in profiles)
        {
            var threshold = run.BestThreshold(profile);
            var (raw, windows) = run.Score(profile, threshold);
            scores.Add(NabScorer.Normalise(raw, windows, profile));
            report.Add($"nab_{profile.Name}", scores[^1], profile.Name == Ranking ? Target.AtLeast(LeastStandard) : null);
            report.Add($"nab_{profile.Name}_threshold", threshold);
        }

        var standard = profiles.First(profile => profile.Name == Ranking);
        PerCategory(report, series, run, standard);
        var gaussian = new NabRun(series, one => WindowedGaussian.Scores(one.Values));
        report.Add("nab_standard_windowed_gaussian_same_files", gaussian.Normalised(standard));
        Scoreboard(report, series.Count, scores);
        if (sensitivity)
        {
            NabSensitivity.Measure(report, series, standard);
        }
    }

    private static void PerCategory(Report report, IReadOnlyList<NabSeries> series, NabRun run, NabProfile profile)
    {
        var threshold = run.BestThreshold(profile);
        foreach (var category in series.Select(one => one.Category).Distinct(StringComparer.Ordinal))
        {
            var (raw, windows) = run.Score(profile, threshold, one => one.Category == category);
            if (windows > 0)
            {
                report.Add($"nab_{profile.Name}_{category}", NabScorer.Normalise(raw, windows, profile));
            }
            else
            {
                // Nothing to find there: what false alarms cost, in windows.
                report.Add($"nab_{profile.Name}_{category}_raw", raw);
            }
        }
    }

    private static void Scoreboard(Report report, int files, List<double> scores)
    {
        report.Say($"the published scoreboard is over all {NabScoreboard.Files} files; FieldNet's line is over the {files} that are here:");
        report.Say($"  {"",-28}{"standard",10}{"low FP",10}{"low FN",10}");
        var lines = NabScoreboard.Published.Append(($"FieldNet ({files} of {NabScoreboard.Files} files)", scores[0], scores.ElementAtOrDefault(1), scores.ElementAtOrDefault(2)));
        foreach (var (detector, standard, lowFalse, lowMiss) in lines.OrderByDescending(line => line.Item2))
        {
            report.Say(string.Create(CultureInfo.InvariantCulture, $"  {detector,-28}{standard,10:0.0}{lowFalse,10:0.0}{lowMiss,10:0.0}"));
        }
    }
}
