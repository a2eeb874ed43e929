using System.Globalization;
using FieldNet.Bedside.Captures;
using FieldNet.LoadBench.Reports;

namespace FieldNet.LoadBench.Replays;

/// <summary><c>bench replay</c>: how fast does a 64-bed ward at full rate replay, and is it always the same?</summary>
/// <remarks>The capture is written in virtual time, straight into a log. The replays are <c>fieldnet replay</c> in processes of their own.</remarks>
internal static class ReplayBench
{
    public const string Verb = "replay";

    private const int Beds = 64;
    private const double TimesRealTime = 300;

    /// <returns>The exit code: 0 when every target is met.</returns>
    public static Task<int> RunAsync(bool quick, string? json, string? keep) => BenchRun.RunAsync(json, async report =>
    {
        var folder = keep ?? Directory.CreateTempSubdirectory("fieldnet-bench-").FullName;
        try
        {
            await MeasureAsync(report, folder, TimeSpan.FromMinutes(quick ? 3 : 10));
        }
        finally
        {
            if (keep is null)
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    });

    private static async Task MeasureAsync(Report report, string folder, TimeSpan lasting)
    {
        var whole = Path.Combine(folder, "whole");
        if (!Directory.Exists(whole))
        {
            var written = await SimulatedCapture.WriteAsync(whole, Beds, lasting);
            report.Add("capture_records", written);
        }

        var runs = new List<ReplayRun>();
        for (var run = 0; run < 3; run++)
        {
            runs.Add(await ReplayRun.OfAsync("max", whole));
        }

        var best = runs.MaxBy(run => run.TimesRealTime)!;
        report.Add("replay_64_beds_times_real_time", best.TimesRealTime, Target.AtLeast(TimesRealTime));
        report.Add("replay_64_beds_times_real_time_median", runs.Select(run => run.TimesRealTime).Order().ElementAt(1));
        report.Add("replay_64_beds_records_per_s", best.Records / best.WallS);
        report.Add("replay_64_beds_events", best.Events);

        // Speeds that real time can keep up with, so that a pace is truly kept.
        foreach (var share in (double[])[0.5, 0.25])
        {
            var speed = Math.Max(1, Math.Round(best.TimesRealTime * share)).ToString(CultureInfo.InvariantCulture);
            runs.Add(await ReplayRun.OfAsync(speed, whole));
        }

        var middle = SimulatedCapture.Begin + (lasting / 2);
        var first = await ReplayRun.CutAsync(whole, Path.Combine(folder, "first"), SimulatedCapture.Begin, middle);
        var second = await ReplayRun.CutAsync(whole, Path.Combine(folder, "second"), middle, SimulatedCapture.Begin + lasting + TimeSpan.FromMinutes(1));
        runs.Add(await ReplayRun.OfAsync("max", first, second));
        report.Add("replay_different_results", runs.Select(run => run.EventsSha256).Distinct(StringComparer.Ordinal).Count() - 1, Target.Below(1));
    }
}
