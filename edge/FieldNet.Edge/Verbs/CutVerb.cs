using System.CommandLine;
using FieldNet.Capture.Replay;
using FieldNet.Edge.Cuts;
using FieldNet.Edge.Replay;
using FieldNet.Edge.Reports;
using FieldNet.Ward.Events;

namespace FieldNet.Edge.Verbs;

/// <summary><c>cut PATH</c>: a piece of a capture, to share.</summary>
internal static class CutVerb
{
    public static Command Create()
    {
        var path = new Argument<string[]>("PATH") { Description = "A data folder, or several that are one timeline; or a packet capture.", Arity = ArgumentArity.OneOrMore };
        var from = TimeOptions.From("First moment of the piece.");
        var toTime = TimeOptions.To("The piece ends before this moment.");
        from.Required = toTime.Required = true;
        var output = new Option<string>("--out") { Description = "A folder that is new, or empty.", Required = true, HelpName = "DIR" };
        var bed = new Option<string?>("--bed") { Description = "Only this bed's records: bed-03, icu1/bed-03 or site/icu1/bed-03.", HelpName = "BED" };
        var pseudonyms = new Option<bool>("--pseudonyms") { Description = "Made-up names for sites, wards, beds, devices, clients, addresses and serial numbers." };
        var json = VerbOptions.Json();
        var verb = new Command("cut", "Writes a piece of a capture as a data folder that inspect and replay take.") { path, from, toTime, output, bed, pseudonyms, json };
        verb.SetAction(async (parsed, cancellation) =>
        {
            var (begin, end) = (TimeOptions.ToUs(parsed.GetValue(from)!.Value), TimeOptions.ToUs(parsed.GetValue(toTime)!.Value));
            if (begin >= end)
            {
                throw new BadArgumentException("--from must lie before --to-time.");
            }

            var folder = parsed.GetRequiredValue(output);
            RequireEmpty(folder);
            using var source = new ReadAhead(ReplaySources.Open(parsed.GetRequiredValue(path)));
            var cut = new CaptureCut(
                source, begin, end,
                parsed.GetValue(bed) is { } name ? new BedFilter(name) : null,
                parsed.GetValue(pseudonyms) ? new PseudonymousRecords() : null);
            await ProgressBar.RunAsync("cut", told => Task.Run(() => cut.Run(folder, told, cancellation), cancellation)).ConfigureAwait(false);
            return Report(cut, folder, parsed.GetValue(pseudonyms), parsed.GetValue(json));
        });
        return verb;
    }

    private static int Report(CaptureCut cut, string folder, bool pseudonyms, string? json)
    {
        var report = new CutReport
        {
            Records = cut.Records,
            First = cut.Records == 0 ? null : EventJson.Iso(cut.FirstUs),
            Last = cut.Records == 0 ? null : EventJson.Iso(cut.LastUs),
            Pseudonyms = pseudonyms,
        };
        if (json != "-")
        {
            Console.WriteLine(cut.Records == 0 ? $"no record lies in that span; {folder} holds an empty log" : $"{report.Records} records, {report.First} to {report.Last}, in {folder}");
        }

        JsonReport.Write(report, json);
        return ExitCode.Done;
    }

    private static void RequireEmpty(string folder)
    {
        if (File.Exists(folder) || (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()))
        {
            throw new BadArgumentException($"{folder} is there already; give --out a folder that is new, or empty.");
        }
    }
}
