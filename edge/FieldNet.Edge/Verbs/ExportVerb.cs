using System.CommandLine;
using System.Globalization;
using FieldNet.Capture;
using FieldNet.Edge.Export;
using FieldNet.Edge.Reports;

namespace FieldNet.Edge.Verbs;

/// <summary><c>export</c>: history out of a data folder, as CSV or WFDB.</summary>
internal static class ExportVerb
{
    public static Command Create()
    {
        var data = new Option<string>("--data") { Description = "The data folder; it may be a running agent's.", Required = true, HelpName = "DIR" };
        var from = TimeOptions.From("First moment, by the log's clock.");
        var toTime = TimeOptions.To("Ends before this moment.");
        from.Required = toTime.Required = true;
        var format = new Option<ExportFormat>("--format") { Description = "How waveforms are written: csv or wfdb. Numbers and events are always CSV.", Required = true };
        var bed = new Option<string?>("--bed") { Description = "Only this bed: bed-03, icu1/bed-03 or site/icu1/bed-03.", HelpName = "BED" };
        var output = new Option<string>("--out") { Description = "A folder that is new, or empty.", Required = true, HelpName = "DIR" };
        var json = VerbOptions.Json();
        var verb = new Command("export", "Writes a span of history: numbers, waveforms and events, each when it was measured.") { data, from, toTime, format, bed, output, json };
        verb.SetAction((parsed, cancellation) =>
        {
            var span = new ExportSpan(TimeOptions.ToUs(parsed.GetValue(from)!.Value), TimeOptions.ToUs(parsed.GetValue(toTime)!.Value));
            if (span.FromUs >= span.ToUs)
            {
                throw new BadArgumentException("--from must lie before --to-time.");
            }

            var report = Run(parsed.GetRequiredValue(data), parsed.GetRequiredValue(output), span, parsed.GetValue(format), parsed.GetValue(bed), cancellation);
            Say(report, parsed.GetRequiredValue(data), parsed.GetRequiredValue(output), parsed.GetValue(json));
            return Task.FromResult(ExitCode.Done);
        });
        return verb;
    }

    private static ExportReport Run(string data, string output, ExportSpan span, ExportFormat format, string? bed, CancellationToken cancellation)
    {
        if (!Directory.Exists(data))
        {
            throw new BadArgumentException($"there is no folder {data}; give --data what serve or demo wrote with --data.");
        }

        if (File.Exists(output) || (Directory.Exists(output) && Directory.EnumerateFileSystemEntries(output).Any()))
        {
            throw new BadArgumentException($"{output} is there already; give --out a folder that is new, or empty.");
        }

        try
        {
            Directory.CreateDirectory(output);
            ExportReport? report = null;
            ProgressBar.Run("export", told => report = new HistoryExport(data, output, span, format, bed).Run(told, cancellation));
            return report!;
        }
        catch (Exception cause) when (cause is (IOException and not CaptureException) or UnauthorizedAccessException)
        {
            throw new EnvironmentFaultException($"the export to {output} stopped: {cause.Message} What is there is not whole; free room, or give --out another folder.", cause);
        }
    }

    private static void Say(ExportReport report, string data, string output, string? json)
    {
        if (report.Events is null)
        {
            Console.Error.WriteLine($"fieldnet: {data} has no events.jsonl, so there are no events in the export; replay {data} --events OUT.jsonl makes them anew.");
        }

        if (report.Damaged > 0)
        {
            Console.Error.WriteLine($"fieldnet: {report.Damaged} places of the log can't be read and are not in the export.");
        }

        if (json != "-")
        {
            Console.WriteLine(report is { Numerics: 0, WaveSamples: 0 } ? $"no number and no waveform lies in that span; {output} holds empty files"
                : string.Create(CultureInfo.InvariantCulture, $"{report.Numerics:N0} numbers, {report.WaveSamples:N0} samples of waveforms, {report.Events ?? 0:N0} events, in {output}"));
        }

        JsonReport.Write(report, json);
    }
}
