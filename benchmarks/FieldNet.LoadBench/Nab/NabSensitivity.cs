using FieldNet.Detection.Series;
using FieldNet.LoadBench.Reports;

namespace FieldNet.LoadBench.Nab;

/// <summary>What the score owes to the choice of parameters and of the threshold.</summary>
internal static class NabSensitivity
{
    private const double Less = 0.7;
    private const double More = 1.3;

    private static readonly IReadOnlyList<(string Name, Func<int, double, SeriesLimits> Limits)> Parameters =
    [
        ("episode", (probation, times) => new SeriesLimits((int)(probation / 2 * times))),
        ("gain", (probation, times) => NabRun.Usual(probation) with { Gain = new SeriesLimits(0).Gain * times }),
        ("profile_gain", (probation, times) => NabRun.Usual(probation) with { ProfileGain = new SeriesLimits(0).ProfileGain * times }),
        ("shift_gain", (probation, times) => NabRun.Usual(probation) with { Shift = new ShiftLimits(1e9) { Gain = new ShiftLimits(1e9).Gain * times } }),
        ("shift_smallest", (probation, times) => NabRun.Usual(probation) with { Shift = new ShiftLimits(1e9, smallest: times) }),
        ("shift_run_length_decades", (probation, times) => NabRun.Usual(probation) with { Shift = new ShiftLimits(Math.Pow(10, 9 * times)) }),
    ];

    public static void Measure(Report report, IReadOnlyList<NabSeries> series, NabProfile profile)
    {
        report.Say("each parameter 30 % lower and higher, with the threshold chosen anew:");
        foreach (var (name, limits) in Parameters)
        {
            report.Add($"nab_standard_{name}_lower", new NabRun(series, probation => limits(probation, Less)).Normalised(profile));
            report.Add($"nab_standard_{name}_higher", new NabRun(series, probation => limits(probation, More)).Normalised(profile));
        }

        report.Say("each category scored at the threshold that is best for all the others:");
        var run = new NabRun(series, NabRun.Usual);
        var (total, windows) = (0.0, 0);
        foreach (var category in series.Select(one => one.Category).Distinct(StringComparer.Ordinal))
        {
            var (raw, count) = run.Score(profile, run.BestThreshold(profile, one => one.Category != category), one => one.Category == category);
            (total, windows) = (total + raw, windows + count);
        }

        report.Add("nab_standard_category_left_out", NabScorer.Normalise(total, windows, profile));
    }
}
