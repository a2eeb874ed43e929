using System.CommandLine;
using System.Globalization;
using FieldNet.Bedside.Scoring;
using FieldNet.Edge.Reports;

namespace FieldNet.Edge.Verbs;

/// <summary><c>score --events E --labels L</c>: what was found, compared with what was done.</summary>
internal static class ScoreVerb
{
    private const double MicrosecondsPerDay = 86_400e6;

    public static Command Create()
    {
        var events = new Option<string>("--events") { Description = "Events, as --events writes them.", HelpName = "EVENTS.jsonl", Required = true };
        var labels = new Option<string>("--labels") { Description = "Labels, as simulate --labels writes them.", HelpName = "LABELS.jsonl", Required = true };
        var bedDays = new Option<double?>("--bed-days") { Description = "Beds times days that the events are of. Default: the beds and the span that the two files name." };
        var json = VerbOptions.Json();
        var verb = new Command("score", "Precision, recall, root cause, delay and false findings of an event file, by a label file.") { events, labels, bedDays, json };
        verb.SetAction(parsed => Run(parsed.GetRequiredValue(events), parsed.GetRequiredValue(labels), parsed.GetValue(bedDays), parsed.GetValue(json)));
        return verb;
    }

    private static int Run(string eventFile, string labelFile, double? bedDays, string? json)
    {
        (long First, long Last)? span = null;
        var events = Read(eventFile, path => EventLines.Read(path, out span));
        var labels = Read(labelFile, LabelFile.Read);
        var score = Scorer.Of(events, labels);
        var report = score.Report(bedDays ?? BedDaysOf(events, labels, span));
        if (json != "-")
        {
            Print(report, score);
        }

        JsonReport.Write(report, json);
        return ExitCode.Done;
    }

    private static IReadOnlyList<T> Read<T>(string path, Func<string, IReadOnlyList<T>> read)
    {
        try
        {
            return read(path);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new BadArgumentException($"'{path}' can't be read: {cause.Message}");
        }
        catch (FormatException wrong)
        {
            throw new BadArgumentException(wrong.Message);
        }
    }

    /// <summary>As far as the files say it: a bed in which nothing happened is not in them.</summary>
    private static double BedDaysOf(IReadOnlyList<ScoredEvent> events, IReadOnlyList<Label> labels, (long First, long Last)? span)
    {
        var beds = events.SelectMany(one => one.Beds).Concat(labels.SelectMany(label => label.Beds)).Distinct().Count();
        long[] times = [.. labels.Select(label => label.StartUs), .. labels.Select(label => label.EndUs ?? label.StartUs), .. span is { } of ? [of.First, of.Last] : Array.Empty<long>()];
        return times.Length == 0 ? 0 : beds * (times.Max() - times.Min()) / MicrosecondsPerDay;
    }

    private static void Print(ScoreReport report, Score score)
    {
        Say("labels", report.Labels);
        Say("events", report.Events);
        Say("precision", report.Precision);
        Say("recall", report.Recall);
        Say("root cause accuracy", report.RootCauseAccuracy);
        Say("incidents per fault", report.IncidentsPerFault);
        Say("false per bed-day", report.FalsePerBedDay);
        foreach (var (what, delay) in report.DelayS)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"delay of {what}: median {delay.P50} s, p95 {delay.P95} s, longest {delay.Max} s"));
        }

        foreach (var missed in score.Faults.SelectMany(fault => fault.Missed))
        {
            Console.WriteLine($"missed: {missed.What} at {missed.Subject}");
        }

        foreach (var wrong in score.False)
        {
            Console.WriteLine($"false: {wrong.Kind}/{wrong.What} at {wrong.Subject}");
        }
    }

    private static void Say(string name, double? value) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {(value is { } known ? known.ToString("0.####", CultureInfo.InvariantCulture) : "–")}"));
}
