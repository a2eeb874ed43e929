using System.CommandLine;
using FieldNet.LoadBench;
using FieldNet.LoadBench.Histories;
using FieldNet.LoadBench.Replays;
using FieldNet.LoadBench.Scenarios;
using FieldNet.LoadBench.Subjects;

if (args is [FramingHost.Verb])
{
    return await FramingHost.RunAsync();
}

var quick = new Option<bool>("--quick") { Description = "Short measurements: under two minutes in all." };
var json = new Option<string?>("--json") { Description = "Writes the figures to a file; - for standard output.", HelpName = "FILE" };
var only = new Option<string?>("--only") { Description = "One part alone.", HelpName = "PART" }.AcceptOnlyFromAmong([.. IngestBench.Parts]);
var ingest = new RootCommand("fieldnet bench ingest: the whole agent under load, beside its peers in the same run.") { quick, json, only };
ingest.SetAction(parsed => IngestBench.RunAsync(
    parsed.GetValue(quick) ? BenchTimes.Quick : BenchTimes.Full, parsed.GetValue(only), parsed.GetValue(json)));

var keep = new Option<string?>("--keep") { Description = "Leaves the captures in this folder, and uses the one that is there.", HelpName = "DIR" };
var replay = new RootCommand("fieldnet bench replay: a 64-bed ward at full rate, replayed; how fast, and whether the events are always the same.") { quick, json, keep };
replay.SetAction(parsed => ReplayBench.RunAsync(parsed.GetValue(quick), parsed.GetValue(json), parsed.GetValue(keep)));

var history = new RootCommand("fieldnet bench history: a day's trends of 64 beds; their size, and how soon any of them answers.") { quick, json };
history.SetAction(parsed => HistoryBench.RunAsync(parsed.GetValue(quick), parsed.GetValue(json)));

return args switch
{
    [ReplayBench.Verb, .. var options] => await replay.Parse(options).InvokeAsync(),
    [HistoryBench.Verb, .. var options] => await history.Parse(options).InvokeAsync(),
    _ => await ingest.Parse(args).InvokeAsync(),
};
