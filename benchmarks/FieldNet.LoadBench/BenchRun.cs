using FieldNet.LoadBench.Reports;
using FieldNet.LoadBench.Scenarios;

namespace FieldNet.LoadBench;

/// <summary>Asks the questions one after the other, on an otherwise quiet machine.</summary>
internal static class BenchRun
{
    private const int Missed = 1;
    private const int NotPossible = 3;

    /// <returns>The exit code: 0 when every target is met.</returns>
    public static Task<int> RunAsync(IReadOnlyList<BenchPart> parts, BenchTimes times, string? only, string? json) => RunAsync(json, async report =>
    {
        foreach (var part in parts)
        {
            if (only is null || only == part.Name)
            {
                await part.RunAsync(report, times);
            }
        }
    });

    /// <returns>The exit code: 0 when every target is met.</returns>
    public static async Task<int> RunAsync(string? json, Func<Report, Task> measure)
    {
        var report = new Report(json == "-" ? Console.Error : Console.Out);
        try
        {
            await measure(report);
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
