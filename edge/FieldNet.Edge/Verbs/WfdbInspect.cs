using System.Globalization;
using FieldNet.Capture.Inspection;
using FieldNet.Capture.Wfdb;
using FieldNet.Edge.Reports;
using Spectre.Console;

namespace FieldNet.Edge.Verbs;

/// <summary><c>inspect</c> of a WFDB record.</summary>
/// <remarks>Errors: what can't be read of a record is said, on standard error too; only a record of which not one sample could be read falls short.</remarks>
internal static class WfdbInspect
{
    private const string Extension = ".hea";

    /// <summary>The header that <paramref name="path"/> means: itself, the record's name, or a signal file beside it; null if there is none.</summary>
    public static string? HeaderOf(string path)
    {
        string[] candidates = path.EndsWith(Extension, StringComparison.Ordinal) ? [path] : [path + Extension, Path.ChangeExtension(path, Extension)];
        return Array.Find(candidates, File.Exists);
    }

    public static int Run(string header, string? json)
    {
        WfdbInspection inspection;
        try
        {
            inspection = WfdbInspection.Read(header);
        }
        catch (WfdbFormatException malformed)
        {
            throw new BadArgumentException($"{malformed.Message}.");
        }
        catch (FlacUnavailableException missing)
        {
            throw new EnvironmentFaultException($"{header} can't be read: {missing.Message}", missing);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new EnvironmentFaultException($"{header} can't be read: {cause.Message}", cause);
        }

        foreach (string problem in inspection.Problems)
        {
            Console.Error.WriteLine($"fieldnet: {header}: {problem}.");
        }

        if (json is null)
        {
            Print(inspection);
        }

        JsonReport.Write(inspection, json);
        bool nothing = inspection.Problems.Count > 0 && inspection.Signals.Any(s => s.Samples > 0) && inspection.Signals.All(s => s.Checksum is null);
        return nothing ? ExitCode.FellShort : ExitCode.Done;
    }

    private static void Print(WfdbInspection inspection)
    {
        var table = new Table { Border = TableBorder.Minimal }.AddColumns("signal", "unit", "samples/s", "samples", "missing", "checksum", "first values");
        foreach (var signal in inspection.Signals)
        {
            string[] cells =
            [
                signal.Name, signal.Unit, string.Create(CultureInfo.InvariantCulture, $"{signal.SamplesPerSecond:0.####}"), $"{signal.Samples:N0}", $"{signal.Missing:N0}",
                $"{signal.Checksum}", string.Join(' ', signal.FirstValues.Select(v => v?.ToString(CultureInfo.InvariantCulture) ?? "–")),
            ];
            table.AddRow([.. cells.Select(cell => new Text(cell))]);
        }

        AnsiConsole.Write(table);
        string annotations = string.Join(", ", inspection.Annotations.Select(a => $"{a.Value:N0} by {a.Key}"));
        Console.WriteLine($"{inspection.First ?? "no date"} to {inspection.Last ?? "–"}, {inspection.DurationS:N0} s; annotations: {(annotations.Length > 0 ? annotations : "none")}");
    }
}
