using System.Globalization;
using System.Text.RegularExpressions;

namespace FieldNet.Telemetry.Tests.Signals;

/// <summary>The reference list of MDC codes, beside the repository, that the table was written from.</summary>
internal static class ReferenceList
{
    private static readonly string? Path = Find();

    public static bool IsThere => Path is not null;

    /// <summary>The rows that matter to the table, cells as in the file.</summary>
    public static IEnumerable<Row> Rows() => File.ReadLines(Path!).Skip(1).Select(line =>
    {
        var cells = Regex.Matches(line, "(?:^|,)(\"[^\"]*\"|[^,]*)").Select(cell => cell.Groups[1].Value.Trim('"')).ToArray();
        var term = cells[5].Split("::").Select(part => uint.Parse(part, CultureInfo.InvariantCulture)).ToArray();
        return new Row(cells[0], cells[1], cells[3], uint.Parse(cells[4], CultureInfo.InvariantCulture), term[0], term[1], cells[6]);
    });

    private static string? Find()
    {
        var data = Environment.GetEnvironmentVariable("FIELDNET_DATA");
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "FieldNet.sln")))
        {
            folder = folder.Parent;
        }

        return new[] { data, folder is null ? null : System.IO.Path.Combine(folder.FullName, "..", "shared", "data") }
            .OfType<string>()
            .Select(path => System.IO.Path.Combine(path, "..", "reference", "mdc_codes.csv"))
            .FirstOrDefault(File.Exists);
    }

    internal sealed record Row(string Kind, string Label, string Ids, uint Code, uint Partition, uint Term, string Unit);
}
