using FieldNet.LoadBench.Scenarios;

namespace FieldNet.LoadBench;

/// <summary><c>bench log</c>: what the log makes of the disk, and what it writes when nothing happens.</summary>
internal static class LogBench
{
    public static readonly IReadOnlyList<BenchPart> All =
    [
        new("append", (report, times) => LogAppend.Run(report, times)),
        new("restart", (report, times) => new Restart(report, times).RunAsync()),
        new("quiet", (report, times) => new QuietWard(report, times).RunAsync()),
    ];
}
