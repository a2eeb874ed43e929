using FieldNet.LoadBench;
using FieldNet.LoadBench.Reports;
using FieldNet.LoadBench.Scenarios;
using FieldNet.LoadBench.Subjects;

if (args is [FramingHost.Verb])
{
    return await FramingHost.RunAsync();
}

var report = new Report(Console.Out);
await IngestBench.RunAsync(report, BenchTimes.Quick, args);
return report.IsMissed ? 1 : 0;
