using System.CommandLine;
using FieldNet.LoadBench;
using FieldNet.LoadBench.Detect;
using FieldNet.LoadBench.Figures;
using FieldNet.LoadBench.Histories;
using FieldNet.LoadBench.Nab;
using FieldNet.LoadBench.Replays;
using FieldNet.LoadBench.Scenarios;
using FieldNet.LoadBench.Scored;
using FieldNet.LoadBench.Subjects;

if (args is [FramingHost.Verb])
{
    return await FramingHost.RunAsync();
}

return await new RootCommand("fieldnet bench: questions about speed, each answered beside something to compare with.")
{
    Parts("ingest", "The whole agent under load, beside its peers in the same run.", IngestBench.All),
    Parts("log", "The log beside the disk alone in the same run, and what a quiet ward writes.", LogBench.All),
    Replay(),
    History(),
    Nab(),
    Figures(),
    Scenarios(),
    Detect(),
}.Parse(args).InvokeAsync();

static Command Parts(string name, string description, IReadOnlyList<BenchPart> parts)
{
    var (quick, json) = (Quick(), Json());
    var only = new Option<string?>("--only") { Description = "One part alone.", HelpName = "PART" }.AcceptOnlyFromAmong([.. parts.Select(part => part.Name)]);
    var bench = new Command(name, description) { quick, json, only };
    bench.SetAction(parsed => BenchRun.RunAsync(parts, parsed.GetValue(quick) ? BenchTimes.Quick : BenchTimes.Full, parsed.GetValue(only), parsed.GetValue(json)));
    return bench;
}

static Command Replay()
{
    var (quick, json) = (Quick(), Json());
    var keep = new Option<string?>("--keep") { Description = "Leaves the captures in this folder, and uses the one that is there.", HelpName = "DIR" };
    var bench = new Command(ReplayBench.Verb, "A 64-bed ward at full rate, replayed: how fast, and whether the events are always the same.") { quick, json, keep };
    bench.SetAction(parsed => ReplayBench.RunAsync(parsed.GetValue(quick), parsed.GetValue(json), parsed.GetValue(keep)));
    return bench;
}

static Command History()
{
    var (quick, json) = (Quick(), Json());
    var bench = new Command(HistoryBench.Verb, "A day's trends of 64 beds: their size, beside influxd's, and how soon any of them answers.") { quick, json };
    bench.SetAction(parsed => HistoryBench.RunAsync(parsed.GetValue(quick), parsed.GetValue(json)));
    return bench;
}

static Command Nab()
{
    var json = Json();
    var data = new Option<string>("--data") { Description = "The benchmark's folder: data/CATEGORY/FILE.csv, combined_windows.json (or labels/…), config/profiles.json.", HelpName = "DIR", Required = true };
    var sensitivity = new Option<bool>("--sensitivity") { Description = "Also what the score owes to the parameters and to the choice of the threshold." };
    var bench = new Command(NabBench.Verb, "The detectors of series on the Numenta Anomaly Benchmark, by its own rules, beside its published scoreboard.") { data, sensitivity, json };
    bench.SetAction(parsed => NabBench.RunAsync(parsed.GetValue(data)!, parsed.GetValue(sensitivity), parsed.GetValue(json)));
    return bench;
}

static Command Figures()
{
    var output = new Option<string>("--out") { Description = "The folder that the figures are written to.", HelpName = "DIR", DefaultValueFactory = _ => "docs/detectors/figures" };
    var only = new Option<string?>("--only") { Description = "One figure alone.", HelpName = "NAME" }.AcceptOnlyFromAmong([.. FigureBench.All.Select(figure => figure.Name)]);
    var bench = new Command(FigureBench.Verb, "Draws the figures of the detectors' pages, each from a run.") { output, only };
    bench.SetAction(parsed => FigureBench.Run(parsed.GetValue(output)!, parsed.GetValue(only)));
    return bench;
}

static Command Scenarios()
{
    var (quick, json) = (Quick(), Json());
    var seed = new Option<int>("--seed") { Description = "Same seed, same scenarios.", DefaultValueFactory = _ => 1 };
    var count = new Option<int>("--count") { Description = "How many scenarios.", DefaultValueFactory = _ => 500 };
    var backgrounds = new Option<string?>("--backgrounds") { Description = "Folder of delay recordings, of any depth. Default: link in the shared data.", HelpName = "DIR" };
    var bedDays = new Option<double?>("--quiet-bed-days") { Description = "Length of the quiet part. Default 30; 3 with --quick." };
    var keep = new Option<string?>("--keep") { Description = "Leaves the events and labels of all scenarios in this folder.", HelpName = "DIR" };
    var only = new Option<int?>("--only-scenario") { Description = "One scenario alone, by its number.", HelpName = "K" };
    var events = new Option<string?>("--events") { Description = "Where that one's events go.", HelpName = "FILE" };
    var labels = new Option<string?>("--labels") { Description = "Where that one's labels go.", HelpName = "FILE" };
    var bench = new Command(ScenarioBench.Verb, "Scenarios with truth over recorded 5G delays, in virtual time: precision, recall, root cause, delay.")
    {
        seed, count, backgrounds, bedDays, quick, json, keep, only, events, labels,
    };
    bench.SetAction(parsed => ScenarioBench.Run(new(
        parsed.GetValue(seed), parsed.GetValue(count), parsed.GetValue(backgrounds) ?? Checkout.SharedData("link"), parsed.GetValue(bedDays) ?? (parsed.GetValue(quick) ? 3 : 30),
        parsed.GetValue(json), parsed.GetValue(keep), parsed.GetValue(only), parsed.GetValue(events), parsed.GetValue(labels))));
    return bench;
}

static Command Detect()
{
    var (quick, json) = (Quick(), Json());
    var backgrounds = new Option<string?>("--backgrounds") { Description = "Folder of delay recordings, of any depth. Default: link in the shared data.", HelpName = "DIR" };
    var bench = new Command(DetectBench.Verb, "200 beds with every detector on: CPU time and allocation of the ward processor, in virtual time.") { backgrounds, quick, json };
    bench.SetAction(parsed => DetectBench.RunAsync(parsed.GetValue(quick), parsed.GetValue(backgrounds), parsed.GetValue(json)));
    return bench;
}

static Option<bool> Quick() => new("--quick") { Description = "Short measurements: under two minutes in all." };

static Option<string?> Json() => new("--json") { Description = "Writes the figures to a file; - for standard output.", HelpName = "FILE" };
