using System.CommandLine;
using FieldNet.LoadBench;
using FieldNet.LoadBench.Scenarios;
using FieldNet.LoadBench.Subjects;

if (args is [FramingHost.Verb])
{
    return await FramingHost.RunAsync();
}

var (ingest, log) = (new Command("ingest", "The whole agent under load, beside its peers in the same run."), new Command("log", "The log beside the disk alone in the same run, and what a quiet ward writes."));
Add(ingest, IngestBench.All);
Add(log, LogBench.All);
return await new RootCommand("fieldnet bench: questions about speed, each answered beside something to compare with.") { ingest, log }.Parse(args).InvokeAsync();

static void Add(Command bench, IReadOnlyList<BenchPart> parts)
{
    var quick = new Option<bool>("--quick") { Description = "Short measurements: under two minutes in all." };
    var json = new Option<string?>("--json") { Description = "Writes the figures to a file; - for standard output.", HelpName = "FILE" };
    var only = new Option<string?>("--only") { Description = "One part alone.", HelpName = "PART" }.AcceptOnlyFromAmong([.. parts.Select(part => part.Name)]);
    bench.Options.Add(quick);
    bench.Options.Add(json);
    bench.Options.Add(only);
    bench.SetAction(parsed => BenchRun.RunAsync(parts, parsed.GetValue(quick) ? BenchTimes.Quick : BenchTimes.Full, parsed.GetValue(only), parsed.GetValue(json)));
}
