using System.CommandLine;
using System.Globalization;
using FieldNet.Capture.Log;
using FieldNet.Edge.Agent;
using FieldNet.Edge.Reports;
using FieldNet.Telemetry.Topics;
using FieldNet.Ward;

namespace FieldNet.Edge.Verbs;

/// <summary><c>replay PATH…</c>: runs a data folder through the same processor as the live ward (P4).</summary>
internal static class ReplayVerb
{
    public static Command Create()
    {
        var paths = new Argument<string[]>("PATH") { Description = "Data folders, in order.", Arity = ArgumentArity.OneOrMore };
        var speed = new Option<string>("--speed") { Description = "max, or a multiple of real time (1, 10).", DefaultValueFactory = _ => "max" };
        var events = new Option<string?>("--events") { Description = "Where to write the events, one JSON object a line. Default: nowhere.", HelpName = "OUT.jsonl" };
        var json = VerbOptions.Json();
        var verb = new Command("replay", "Runs a captured data folder through the same processor as the live ward.") { paths, speed, events, json };
        verb.SetAction((parsed, cancellation) => RunAsync(
            parsed.GetRequiredValue(paths), ParseSpeed(parsed.GetRequiredValue(speed)), parsed.GetValue(events), parsed.GetValue(json), cancellation));
        return verb;
    }

    private static double ParseSpeed(string text) =>
        text == "max" ? double.PositiveInfinity
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var times) && times > 0 ? times
        : throw new BadArgumentException($"--speed takes max or a number above 0; '{text}' is neither.");

    private static async Task<int> RunAsync(string[] paths, double speed, string? eventsPath, string? json, CancellationToken cancellation)
    {
        var time = TimeProvider.System;
        var started = time.GetTimestamp();
        using var events = new EventFile(eventsPath);
        var ward = new WardProcessor(events);
        var progress = new ReplayProgress();
        var pace = new ReplayPace(speed, time);
        foreach (var path in paths)
        {
            RequireDataFolder(path);
            var quarantined = QuarantinedRecords.Read(path);
            using var reader = LogReader.Open(path, new TopicTable());
            while (Next(reader, ward, quarantined, progress))
            {
                var wait = pace.Before(progress.LastUs);
                if (wait > TimeSpan.Zero)
                {
                    await Task.Delay(wait, time, cancellation).ConfigureAwait(false);
                }

                cancellation.ThrowIfCancellationRequested();
            }
        }

        events.ReleaseThrough(long.MaxValue);
        var report = Report(progress, events, time.GetElapsedTime(started).TotalSeconds);
        if (json != "-")
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{report.Records} records, {report.DataS:0.0} s of log in {report.WallS:0.00} s ({report.TimesRealTime:0} × real time), {report.Events.Values.Sum()} events, sha256 {report.EventsSha256}"));
        }

        JsonReport.Write(report, json);
        return ExitCode.Done;
    }

    private static bool Next(LogReader reader, WardProcessor ward, IReadOnlySet<long> quarantined, ReplayProgress progress)
    {
        if (!reader.TryRead(out var record))
        {
            return false;
        }

        progress.Count(record.LogTimeUs);
        if (quarantined.Contains(record.Number))
        {
            progress.Quarantined++;
            return true;
        }

        ward.Apply(record);
        return true;
    }

    private static ReplayReport Report(ReplayProgress progress, EventFile events, double wallS)
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
            Quarantined = progress.Quarantined,
        };
    }

    private static void RequireDataFolder(string path)
    {
        if (File.Exists(path))
        {
            throw new BadArgumentException($"{path} is a file; this version replays data folders only (what serve and demo write with --data).");
        }

        if (!Directory.Exists(path))
        {
            throw new BadArgumentException($"there is no folder {path}.");
        }
    }
}
