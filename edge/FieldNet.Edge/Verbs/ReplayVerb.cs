using System.CommandLine;
using System.Globalization;
using FieldNet.Capture.Replay;
using FieldNet.Edge.Agent;
using FieldNet.Edge.Replay;
using FieldNet.Edge.Reports;
using FieldNet.Edge.Site;

namespace FieldNet.Edge.Verbs;

/// <summary><c>replay PATH…</c>: runs a capture through the same processor as the live ward (P4).</summary>
internal static class ReplayVerb
{
    public static Command Create()
    {
        var paths = new Argument<string[]>("PATH") { Description = "Data folders, in order; several are one timeline.", Arity = ArgumentArity.OneOrMore };
        var speed = new Option<string>("--speed") { Description = "max, or a multiple of real time (1, 10).", DefaultValueFactory = _ => "max" };
        var from = TimeOptions.From("Write only events from then on; what is before is computed all the same.");
        var toTime = TimeOptions.To("End there.");
        var bed = new Option<string?>("--bed") { Description = "Only this bed's records: bed-03, icu1/bed-03 or site/icu1/bed-03.", HelpName = "BED" };
        var config = new Option<string?>("--config") { Description = "Other limits, as for serve.", HelpName = "site.yaml" };
        var events = new Option<string?>("--events") { Description = "Where to write the events, one JSON object a line. Default: nowhere.", HelpName = "OUT.jsonl" };
        var json = VerbOptions.Json();
        var verb = new Command("replay", "Runs a capture through the same processor as the live ward.") { paths, speed, from, toTime, bed, config, events, json };
        verb.SetAction((parsed, cancellation) =>
        {
            var options = new ReplayOptions
            {
                Paths = parsed.GetRequiredValue(paths),
                Speed = ParseSpeed(parsed.GetRequiredValue(speed)),
                FromUs = parsed.GetValue(from) is { } begin ? TimeOptions.ToUs(begin) : long.MinValue,
                ToUs = parsed.GetValue(toTime) is { } end ? TimeOptions.ToUs(end) : long.MaxValue,
                Bed = parsed.GetValue(bed),
                Ward = SiteFile.Read(parsed.GetValue(config)),
            };
            return Task.FromResult(Run(options, parsed.GetValue(events), parsed.GetValue(json), cancellation));
        });
        return verb;
    }

    private static double ParseSpeed(string text) =>
        text == "max" ? double.PositiveInfinity
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var times) && times > 0 ? times
        : throw new BadArgumentException($"--speed takes max or a number above 0; '{text}' is neither.");

    private static int Run(ReplayOptions options, string? eventsPath, string? json, CancellationToken cancellation)
    {
        var time = TimeProvider.System;
        var started = time.GetTimestamp();
        using var source = new ReadAhead(ReplaySources.Open(options.Paths));
        using var events = new EventFile(eventsPath);
        var replay = new WardReplay(source, options, events, new ReplayPace(options.Speed, time));
        ProgressBar.Run("replay", told => replay.Run(told, cancellation));
        var report = Report(replay.Progress, source, events, time.GetElapsedTime(started).TotalSeconds);
        if (json != "-")
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{report.Records} records, {report.DataS:0.0} s of log in {report.WallS:0.00} s ({report.TimesRealTime:0} × real time), {report.Events.Values.Sum()} events, sha256 {report.EventsSha256}"));
        }

        foreach (var remark in report.Remarks)
        {
            Console.Error.WriteLine($"fieldnet: {remark}");
        }

        JsonReport.Write(report, json);
        return ExitCode.Done;
    }

    private static ReplayReport Report(ReplayProgress progress, IReplaySource source, EventFile events, double wallS)
    {
        var dataS = (progress.LastUs - progress.FirstUs) / 1e6;
        return new ReplayReport
        {
            Records = progress.Records,
            DataS = Math.Round(dataS, 3),
            WallS = Math.Round(wallS, 3),
            TimesRealTime = Math.Round(dataS / Math.Max(wallS, 1e-3), 1),
            Events = new Dictionary<string, long>(events.ByKind),
            EventsSha256 = events.Sha256,
            Quarantined = source.Quarantined,
            Remarks = source.Remarks,
        };
    }
}
