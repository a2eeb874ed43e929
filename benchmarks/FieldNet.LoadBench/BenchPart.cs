using FieldNet.LoadBench.Reports;
using FieldNet.LoadBench.Scenarios;

namespace FieldNet.LoadBench;

/// <summary>One question of a bench.</summary>
internal sealed record BenchPart(string Name, Func<Report, BenchTimes, Task> RunAsync);
