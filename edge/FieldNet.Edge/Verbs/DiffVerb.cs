using System.CommandLine;
using FieldNet.Edge.Diffs;
using FieldNet.Edge.Reports;
using Spectre.Console;

namespace FieldNet.Edge.Verbs;

/// <summary><c>diff A.jsonl B.jsonl</c>: two event files, compared.</summary>
internal static class DiffVerb
{
    /// <summary>More rows than anyone reads; the JSON report has them all.</summary>
    private const int MostRows = 500;

    private const int WidthOfPipe = 240;

    public static Command Create()
    {
        var a = new Argument<string>("A.jsonl") { Description = "Events, as --events writes them." };
        var b = new Argument<string>("B.jsonl") { Description = "Events to compare with." };
        var json = VerbOptions.Json();
        var verb = new Command("diff", "Compares two event files: what appeared, vanished, moved in time or changed. Exit code 1 when they differ.") { a, b, json };
        verb.SetAction(parsed => Run(parsed.GetRequiredValue(a), parsed.GetRequiredValue(b), parsed.GetValue(json)));
        return verb;
    }

    private static int Run(string pathA, string pathB, string? json)
    {
        var (a, b) = (Read(pathA), Read(pathB));
        var differences = EventDiff.Compare(a, b);
        if (json != "-")
        {
            Print(differences, a.Count, b.Count);
        }

        JsonReport.Write(new DiffReport
        {
            EventsA = a.Count,
            EventsB = b.Count,
            Equal = differences.Count == 0,
            Appeared = ByKind(differences, "appeared"),
            Vanished = ByKind(differences, "vanished"),
            Moved = ByKind(differences, "moved"),
            Changed = ByKind(differences, "changed"),
            Differences = differences,
        }, json);
        return differences.Count == 0 ? ExitCode.Done : ExitCode.FellShort;
    }

    private static List<EventLine> Read(string path)
    {
        var number = 0;
        try
        {
            List<EventLine> events = [];
            foreach (var line in File.ReadLines(path))
            {
                number++;
                if (line.Length > 0)
                {
                    events.Add(EventLine.Parse(number, line));
                }
            }

            return events;
        }
        catch (FormatException wrong)
        {
            throw new BadArgumentException($"{path}, line {number}: {wrong.Message}");
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new BadArgumentException($"{path} can't be read: {cause.Message}");
        }
    }

    private static SortedDictionary<string, int> ByKind(IReadOnlyList<EventDifference> differences, string difference) => new(
        differences.Where(found => found.Difference == difference).GroupBy(found => found.Kind).ToDictionary(group => group.Key, group => group.Count()),
        StringComparer.Ordinal);

    private static void Print(IReadOnlyList<EventDifference> differences, int eventsA, int eventsB)
    {
        if (Console.IsOutputRedirected)
        {
            AnsiConsole.Profile.Width = WidthOfPipe;
        }

        if (differences.Count == 0)
        {
            Console.WriteLine($"{eventsA} events, and no difference");
            return;
        }

        var table = new Table { Border = TableBorder.Minimal }.AddColumns("", "in A", "in B", "what", "subject", "");
        foreach (var found in differences.Take(MostRows))
        {
            var detail = string.Join("; ", found.Changes.Prepend(found.MovedMs is { } ms && ms != 0 ? $"{ms:+0.###;-0.###} ms" : "").Where(part => part.Length > 0));
            table.AddRow(
                found.Difference, found.TimeA ?? "–", found.TimeB ?? "–", Markup.Escape($"{found.Kind}/{found.What} {found.Phase}"),
                Markup.Escape(found.Subject), Markup.Escape(detail));
        }

        AnsiConsole.Write(table);
        if (differences.Count > MostRows)
        {
            Console.WriteLine($"… and {differences.Count - MostRows} more; --json has them all");
        }

        foreach (var difference in (string[])["appeared", "vanished", "moved", "changed"])
        {
            var kinds = ByKind(differences, difference);
            if (kinds.Count > 0)
            {
                Console.WriteLine($"{difference}: {string.Join(", ", kinds.Select(kind => $"{kind.Value} {kind.Key}"))}");
            }
        }
    }
}
