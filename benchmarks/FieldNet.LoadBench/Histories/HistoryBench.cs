using System.Diagnostics;
using FieldNet.History.Trends;
using FieldNet.LoadBench.Reports;
using FieldNet.Telemetry.Records;

namespace FieldNet.LoadBench.Histories;

/// <summary><c>bench history</c>: how small are a day's trends of 64 beds, and how soon does any of them answer?</summary>
/// <remarks>The numbers are those of simulated monitors; they go through the keeper as records of the log do, and back through its reader.</remarks>
internal static class HistoryBench
{
    public const string Verb = "history";

    private const int Beds = 64;
    private const int Points = 1000;
    private const int RecordsPerSecond = 63;
    private const double MostBytesPerPoint = 4;
    private const double MostQueryMs = 50;

    /// <returns>The exit code: 0 when every target is met.</returns>
    public static Task<int> RunAsync(bool quick, string? json) => BenchRun.RunAsync(json, async report =>
    {
        var folder = Directory.CreateTempSubdirectory("fieldnet-bench-").FullName;
        try
        {
            var day = await WardDay.SimulateAsync(Path.Combine(folder, "lap"), Beds, TimeSpan.FromMinutes(quick ? 5 : 30), TimeSpan.FromHours(quick ? 3 : 24));
            await MeasureAsync(report, Path.Combine(folder, HistoryFile.Name), day, quick ? 500 : 3000);
            var hours = await WardDay.SimulateAsync(Path.Combine(folder, "again"), Beds, TimeSpan.FromMinutes(quick ? 5 : 30), TimeSpan.FromHours(quick ? 0.5 : 2));
            await InfluxPeer.MeasureAsync(report, folder, hours);
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }
    });

    /// <summary>Feeds a keeper as the agent's feed does: a keeping about every second of log time.</summary>
    public static long Keep(TrendKeeper keeper, WardDay day) => day.Tell((in LogRecord record) =>
    {
        keeper.Take(record);
        if (record.Number % RecordsPerSecond == 0)
        {
            var kept = keeper.KeepAsync(record.Number, CancellationToken.None);
            Debug.Assert(kept.IsCompleted);
        }
    });

    private static async Task MeasureAsync(Report report, string path, WardDay day, int questions)
    {
        await Task.Yield();
        var retention = new TrendRetention();
        long points;
        using (var keeper = new TrendKeeper(path, retention, TimeProvider.System))
        {
            var cpu = Environment.CpuUsage.TotalTime;
            var messages = Keep(keeper, day);
            report.Add("history_messages", messages);
            report.Add("history_feed_cpu_us_per_message", (Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds / messages);

            // The first answers are the compiler's.
            day.Forget();
            Ask(keeper, new TrendReader(keeper, retention), day, questions / 10);
            GC.Collect();
            var (wall, own) = Ask(keeper, new TrendReader(keeper, retention), day, questions);
            report.Add("history_query_p50_ms", wall.At(0.5));
            report.Add("history_query_p99_ms", wall.At(0.99));
            report.Add("history_query_max_ms", wall.At(1), Target.Below(MostQueryMs));
            report.Add("history_query_p99_cpu_ms", own.At(0.99));
            report.Add("history_query_max_cpu_ms", own.At(1));
        }

        using (var keeper = new TrendKeeper(path, retention, TimeProvider.System))
        {
            points = new TrendReader(keeper, retention).AllSeries().Sum(series => (long)new TrendReader(keeper, retention).Read(series.Series, 0, long.MaxValue).Count);
        }

        report.Add("history_points", points);
        report.Add("history_bytes_per_point", new FileInfo(path).Length / (double)points, Target.Below(MostBytesPerPoint));
        report.Add("history_file_mb", new FileInfo(path).Length / 1e6);
    }

    /// <summary>Any bed and signal, any span from a minute to all of it, ending at any time.</summary>
    /// <returns>By the clock, and by the processor: on a machine that others use as well the first is theirs, too.</returns>
    private static (Percentiles Wall, Percentiles Own) Ask(TrendKeeper keeper, TrendReader reader, WardDay day, int questions)
    {
        var random = new Random(2);
        var series = reader.AllSeries();
        var (wall, own) = (new Percentiles(), new Percentiles());
        var longest = Math.Log((day.LastUs - day.FirstUs) / 60e6);
        for (var i = 0; i < questions; i++)
        {
            var of = series[random.Next(series.Count)].Series;
            var spanUs = (long)(60e6 * Math.Exp(random.NextDouble() * longest));
            var toUs = day.LastUs - random.NextInt64(day.LastUs - day.FirstUs - spanUs + 1);
            var (started, cpu) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
            var trend = reader.Read(new TrendQuery($"{of.Ward}/{of.Bed}", of.Device, of.Signal.Id, toUs - spanUs, toUs, Points))!;
            wall.Add((long)Stopwatch.GetElapsedTime(started).TotalMicroseconds);
            own.Add((long)(Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds);
            Debug.Assert(trend.Buckets.Count <= Points && keeper.Fault is null);
        }

        return (wall, own);
    }
}
