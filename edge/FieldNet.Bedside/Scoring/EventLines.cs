using System.Text.Json;

namespace FieldNet.Bedside.Scoring;

/// <summary>Event files as a score needs them: the starts, each incident with all the children that any of its lines names.</summary>
public static class EventLines
{
    /// <exception cref="FormatException">A line is no event; says which and why.</exception>
    public static IReadOnlyList<ScoredEvent> Read(string path) => Read(path, out _);

    /// <param name="path">An event file.</param>
    /// <param name="spanUs">From the first line to the last, UTC microseconds; null if there is none.</param>
    public static IReadOnlyList<ScoredEvent> Read(string path, out (long First, long Last)? spanUs)
    {
        var lines = JsonLines.Read(path, line => (IsStart: JsonLines.Text(line, "phase") == "start", Event: Parse(line)));
        spanUs = lines.Count == 0 ? null : (lines.Min(line => line.Event.TimeUs), lines.Max(line => line.Event.TimeUs));
        return Starts(lines);
    }

    /// <param name="lines">All lines of the events, in order.</param>
    public static IReadOnlyList<ScoredEvent> Starts(IEnumerable<(bool IsStart, ScoredEvent Event)> lines)
    {
        List<ScoredEvent> starts = [];
        Dictionary<string, int> places = new(StringComparer.Ordinal);
        foreach (var (isStart, happened) in lines)
        {
            if (isStart)
            {
                places[happened.Id] = starts.Count;
                starts.Add(happened);
            }
            else if (happened.Children.Count > 0 && places.TryGetValue(happened.Id, out int place))
            {
                starts[place] = starts[place] with { Children = [.. starts[place].Children.Union(happened.Children)] };
            }
        }
        return starts;
    }

    private static ScoredEvent Parse(JsonElement line) => new(
        JsonLines.TextOrEmpty(line, "id"), UtcTime.Parse(JsonLines.Text(line, "t")), JsonLines.Text(line, "kind"), JsonLines.Text(line, "what"),
        JsonLines.Text(line, "subject"), JsonLines.TextOrEmpty(line, "cause"), JsonLines.Texts(line, "beds"),
        line.TryGetProperty("evidence", out var evidence) && evidence.ValueKind == JsonValueKind.Object ? JsonLines.Texts(evidence, "children") : []);
}
