using FieldNet.LoadBench.Reports;
using FieldNet.LoadBench.Scenarios;

namespace FieldNet.LoadBench;

/// <summary><c>bench ingest</c>: every question, one after the other, on an otherwise quiet machine.</summary>
internal static class IngestBench
{
    private const double TimesMosquittoAtQos0 = 8;
    private const double TimesMosquittoAtQos1 = 5;
    private const int Missed = 1;
    private const int NotPossible = 3;

    private static readonly (string Name, Func<Report, BenchTimes, Task> RunAsync)[] All =
    [
        ("qos0_128b", (report, times) => new Throughput(report, times).RunAsync(qos: 0, payloadBytes: 128, TimesMosquittoAtQos0)),
        ("qos0_1024b", (report, times) => new Throughput(report, times).RunAsync(qos: 0, payloadBytes: 1024, TimesMosquittoAtQos0)),
        ("qos1_128b", (report, times) => new Throughput(report, times).RunAsync(qos: 1, payloadBytes: 128, TimesMosquittoAtQos1)),
        ("qos1_1024b", (report, times) => new Throughput(report, times).RunAsync(qos: 1, payloadBytes: 1024, TimesMosquittoAtQos1)),
        ("acknowledgement", (report, times) => new Acknowledgement(report, times).RunAsync()),
        ("bedsides", (report, times) => new Bedsides(report, times).RunAsync()),
        ("connections", (report, times) => new ManyConnections(report, times).RunAsync()),
        ("fairness", (report, times) => new Fairness(report, times).RunAsync()),
    ];

    public static IEnumerable<string> Parts => All.Select(part => part.Name);

    /// <returns>The exit code: 0 when every target is met.</returns>
    public static async Task<int> RunAsync(BenchTimes times, string? only, string? json)
    {
        var report = new Report(json == "-" ? Console.Error : Console.Out);
        try
        {
            foreach (var (name, runAsync) in All)
            {
                if (only is null || only == name)
                {
                    await runAsync(report, times);
                }
            }
        }
        catch (Exception impossible) when (impossible is BenchException or IOException or System.ComponentModel.Win32Exception)
        {
            Console.Error.WriteLine($"fieldnet: {impossible.Message}.");
            return NotPossible;
        }

        if (json is not null)
        {
            report.WriteJson(json);
        }

        return report.IsMissed ? Missed : 0;
    }
}
