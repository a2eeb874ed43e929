using System.CommandLine;
using FieldNet.Capture.Inspection;
using FieldNet.Edge.Reports;
using Spectre.Console;

namespace FieldNet.Edge.Verbs;

/// <summary><c>inspect PATH</c>: what a data folder holds.</summary>
internal static class InspectVerb
{
    public static Command Create()
    {
        var path = new Argument<string>("PATH") { Description = "A data folder." };
        var records = new Option<string?>("--records") { Description = "Write every record as one line of JSON; - is standard output.", HelpName = "OUT.jsonl" };
        var json = VerbOptions.Json();
        var verb = new Command("inspect", "Says what a data folder holds; the folder may be a running agent's.") { path, records, json };
        verb.SetAction(parsed => Run(parsed.GetRequiredValue(path), parsed.GetValue(records), parsed.GetValue(json)));
        return verb;
    }

    private static int Run(string path, string? records, string? json)
    {
        if (!Directory.Exists(path))
        {
            throw new BadArgumentException(File.Exists(path)
                ? $"{path} is a file; this version inspects data folders only (what serve and demo write with --data)."
                : $"there is no folder {path}.");
        }

        using var output = Open(records);
        var inspection = DataFolderInspection.Read(path, output);
        if (json is null && records != "-")
        {
            Print(inspection);
        }

        JsonReport.Write(inspection, json);
        return ExitCode.Done;
    }

    private static Stream? Open(string? path)
    {
        try
        {
            return path switch { null => null, "-" => Console.OpenStandardOutput(), _ => File.Create(path) };
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new EnvironmentFaultException($"records can't be written to {path}: {cause.Message} Give --records another file.", cause);
        }
    }

    private static void Print(DataFolderInspection inspection)
    {
        var table = new Table { Border = TableBorder.Minimal }.AddColumns("", "");
        table.AddRow("first", inspection.First ?? "–");
        table.AddRow("last", inspection.Last ?? "–");
        table.AddRow("segments", $"{inspection.Segments}");
        table.AddRow("bytes", $"{inspection.Bytes:N0}");
        foreach (var (kind, count) in inspection.Records)
        {
            table.AddRow($"records {kind}", $"{count:N0}");
        }

        table.AddRow("torn / corrupt / missing", $"{inspection.Torn} / {inspection.Corrupt} / {inspection.Missing}");
        AnsiConsole.Write(table);
    }
}
