using System.CommandLine;
using System.Globalization;
using FieldNet.Capture.Replay;
using FieldNet.Edge.Agent;
using FieldNet.Edge.Replay;
using FieldNet.Edge.Reports;
using FieldNet.Edge.Site;
using FieldNet.Mqtt.Client;
using FieldNet.Telemetry.Topics;

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
        var to = new Option<string?>("--to") { Description = "Publish the messages onto this broker instead: times moved to now, a new epoch, mode REPLAY. --speed is then 1 unless given.", HelpName = "mqtt://HOST:PORT" };
        var verbatim = new Option<bool>("--verbatim") { Description = "With --to: payloads as captured. Only to this machine itself." };
        var json = VerbOptions.Json();
        var verb = new Command("replay", "Runs a capture through the same processor as the live ward, or publishes it onto a broker.")
        {
            paths, speed, from, toTime, bed, config, events, to, verbatim, json,
        };
        verb.SetAction(async (parsed, cancellation) =>
        {
            var broker = parsed.GetValue(to);
            if (broker is null && parsed.GetValue(verbatim))
            {
                throw new BadArgumentException("--verbatim goes with --to.");
            }

            var options = new ReplayOptions
            {
                Paths = parsed.GetRequiredValue(paths),
                Speed = broker is not null && parsed.GetResult(speed) is null or { Implicit: true } ? 1 : ParseSpeed(parsed.GetRequiredValue(speed)),
                FromUs = parsed.GetValue(from) is { } begin ? TimeOptions.ToUs(begin) : long.MinValue,
                ToUs = parsed.GetValue(toTime) is { } end ? TimeOptions.ToUs(end) : long.MaxValue,
                Bed = parsed.GetValue(bed),
                Ward = parsed.GetValue(config) is { } site ? SiteFile.Read(site, withSources: false).Ward : null,
            };
            return broker is null
                ? await RunAsync(options, parsed.GetValue(events), parsed.GetValue(json), cancellation).ConfigureAwait(false)
                : await PublishAsync(options, ReplayTarget.Parse(broker, parsed.GetValue(verbatim)), parsed.GetValue(verbatim), parsed.GetValue(json), cancellation).ConfigureAwait(false);
        });
        return verb;
    }

    private static double ParseSpeed(string text) =>
        text == "max" ? double.PositiveInfinity
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var times) && times > 0 ? times
        : throw new BadArgumentException($"--speed takes max or a number above 0; '{text}' is neither.");

    private static async Task<int> RunAsync(ReplayOptions options, string? eventsPath, string? json, CancellationToken cancellation)
    {
        var time = TimeProvider.System;
        var started = time.GetTimestamp();
        var topics = new TopicTable();
        // A capture that is none must not cost an event file.
        using (ReplaySources.Open(options.Paths, topics))
        {
        }

        using var events = new EventFile(eventsPath);
        var start = WardStart.Of(options, new EventWindow(events, options.FromUs, options.ToUs), topics);
        using var source = new ReadAhead(ReplaySources.Open(options.Paths, topics, start.From));
        var replay = new WardReplay(source, start.Ward, options, events, new ReplayPace(options.Speed, time));
        await ProgressBar.RunAsync("replay", told => Task.Run(() => replay.Run(told, cancellation), cancellation)).ConfigureAwait(false);
        var report = Report(replay.Progress, source, events, time.GetElapsedTime(started).TotalSeconds);
        return Say(report, json, string.Create(CultureInfo.InvariantCulture, $", {report.Events.Values.Sum()} events, sha256 {report.EventsSha256}"));
    }

    private static async Task<int> PublishAsync(ReplayOptions options, MqttServerAddress server, bool verbatim, string? json, CancellationToken cancellation)
    {
        var time = TimeProvider.System;
        var started = time.GetTimestamp();
        using var source = new ReadAhead(ReplaySources.Open(options.Paths));
        using var noEvents = new EventFile(null);
        using var replay = new BrokerReplay(source, options, server, verbatim ? null : new ReplayStamps(EpochOf(time)), time);
        await ProgressBar.RunAsync("replay", told => replay.RunAsync(told, cancellation)).ConfigureAwait(false);
        var report = Report(replay.Progress, source, noEvents, time.GetElapsedTime(started).TotalSeconds) with
        {
            Published = replay.Published,
            LeftOut = replay.LeftOut,
            Refused = replay.Refused,
        };
        return Say(report, json, $", {report.Published} messages published, {report.LeftOut} left out, {report.Refused} refused");
    }

    /// <summary>Greater at each start, as the contract asks of a sender: seconds since 2020.</summary>
    private static uint EpochOf(TimeProvider time) => (uint)(time.GetUtcNow() - new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero)).TotalSeconds;

    private static int Say(ReplayReport report, string? json, string outcome)
    {
        if (json != "-")
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{report.Records} records, {report.DataS:0.0} s of log in {report.WallS:0.00} s ({report.TimesRealTime:0} × real time){outcome}"));
        }

        foreach (var remark in report.Remarks)
        {
            Console.Error.WriteLine($"fieldnet: {remark}");
        }

        JsonReport.Write(report, json);
        return ExitCode.Done;
    }

    private static ReplayReport Report(ReplayProgress progress, ReadAhead source, EventFile events, double wallS)
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
