using System.Diagnostics;
using System.Text.Json;
using FieldNet.Bedside;
using FieldNet.Bedside.Backgrounds;
using FieldNet.Bedside.Scenarios;
using FieldNet.Bedside.Scoring;

namespace FieldNet.LoadBench.Scored;

/// <summary>Generated scenarios with truth, in virtual time, and long quiet stretches over the same backgrounds: how good is what is said of them?</summary>
internal static class ScenarioBench
{
    public const string Verb = "scenarios";

    private const int QuietBeds = 12, MostToldOfEach = 60;

    /// <summary>Scenario numbers of quiet stretches follow those of the others.</summary>
    private const int QuietFrom = 1_000_000;

    private static readonly TimeSpan QuietStretch = TimeSpan.FromHours(4);

    private static readonly JsonSerializerOptions SnakeCase = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    public static int Run(ScenarioBenchOptions options)
    {
        var output = options.Json == "-" ? Console.Error : Console.Out;
        try
        {
            var traces = DelayTraceReader.ReadFolder(options.Backgrounds);
            var generator = new ScenarioGenerator(options.Seed, traces);
            return options.Only is { } number ? One(number < QuietFrom ? generator.Make(number) : Quiet(generator, traces, number - QuietFrom, QuietStretches(options, traces)), options, output) : All(generator, traces, options, output);
        }
        catch (Exception impossible) when (impossible is SimulationException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"fieldnet: {impossible.Message}");
            return impossible is SimulationException ? 2 : 3;
        }
    }

    private static int One(Scenario scenario, ScenarioBenchOptions options, TextWriter output)
    {
        var run = ScenarioRun.Of(scenario);
        output.WriteLine($"scenario {scenario.Number} from {EventTime(scenario.StartUs)}, {scenario.Lasting.TotalSeconds:0} s, {run.Records} records, over {string.Join(", ", scenario.Backgrounds)}");
        foreach (var (fault, _, words) in scenario.Injected)
        {
            output.WriteLine($"  fault {fault}: {words}");
        }
        Keep([run], options.Events, options.Labels);
        new ScenarioBreakdown(output, MostToldOfEach).Tell([run]);
        Write(run.Score.Report(scenario.BedDays), options.Json);
        return 0;
    }

    private static int All(ScenarioGenerator generator, IReadOnlyList<DelayTrace> traces, ScenarioBenchOptions options, TextWriter output)
    {
        var watch = Stopwatch.StartNew();
        var runs = Each(options.Count, n => generator.Make(n + 1));
        var score = Sum(runs);
        var breakdown = new ScenarioBreakdown(output, MostToldOfEach);
        breakdown.Tell(runs);
        output.WriteLine($"{runs.Length} scenarios, {runs.Sum(run => run.Records):#,0} records, {watch.Elapsed.TotalSeconds:0.0} s");
        if (options.Keep is { } folder)
        {
            Directory.CreateDirectory(folder);
            Keep(runs, Path.Combine(folder, "events.jsonl"), Path.Combine(folder, "labels.jsonl"));
        }

        watch.Restart();
        var stretches = QuietStretches(options, traces);
        var quiet = Each(stretches.Count, n => Quiet(generator, traces, n, stretches));
        var quietScore = Sum(quiet);
        breakdown.TellQuiet(quiet);
        output.WriteLine($"quiet: {quiet.Sum(run => run.Scenario.BedDays):0.0} bed-days, {watch.Elapsed.TotalSeconds:0.0} s");

        var report = score.Report(runs.Sum(run => run.Scenario.BedDays)) with { FalsePerBedDay = quietScore.Report(quiet.Sum(run => run.Scenario.BedDays)).FalsePerBedDay };
        output.WriteLine(JsonSerializer.Serialize(report, SnakeCase));
        Write(report, options.Json);
        return report is { Precision: >= 0.99, Recall: >= 0.99, RootCauseAccuracy: >= 0.98, FalsePerBedDay: <= 0.1 } ? 0 : 1;
    }

    /// <summary>As many over each recording, so that all have their share of the bed-days.</summary>
    private static (int Count, TimeSpan Each) QuietStretches(ScenarioBenchOptions options, IReadOnlyList<DelayTrace> traces)
    {
        double stretches = options.QuietBedDays / (QuietBeds * QuietStretch.TotalDays);
        int count = traces.Count * Math.Max(1, (int)Math.Ceiling(stretches / traces.Count));
        return (count, QuietStretch * Math.Min(1, stretches / count));
    }

    private static Scenario Quiet(ScenarioGenerator generator, IReadOnlyList<DelayTrace> traces, int n, (int Count, TimeSpan Each) stretches) =>
        generator.Quiet(QuietFrom + n, n % traces.Count, stretches.Each, QuietBeds);

    private static Score Sum(IEnumerable<ScenarioRun> runs)
    {
        var sum = new Score();
        foreach (var run in runs)
        {
            sum.Add(run.Score);
        }
        return sum;
    }

    /// <summary>On all cores; the order of the results does not depend on them.</summary>
    private static ScenarioRun[] Each(int count, Func<int, Scenario> make)
    {
        var runs = new ScenarioRun[count];
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, n => runs[n] = ScenarioRun.Of(make(n)));
        return runs;
    }

    private static void Keep(IEnumerable<ScenarioRun> runs, string? events, string? labels)
    {
        using var eventFile = events is null ? Stream.Null : File.Create(events);
        using var labelFile = labels is null ? TextWriter.Null : new StreamWriter(labels);
        foreach (var run in runs)
        {
            run.WriteEvents(eventFile);
            LabelFile.Write(labelFile, run.Scenario.Labels);
        }
    }

    private static void Write(ScoreReport report, string? json)
    {
        var text = JsonSerializer.Serialize(report, SnakeCase);
        if (json == "-")
        {
            Console.Out.WriteLine(text);
        }
        else if (json is not null)
        {
            File.WriteAllText(json, text + "\n");
        }
    }

    private static string EventTime(long us) => Ward.Events.EventJson.Iso(us);
}
