using System.Globalization;
using System.Text.Json;

namespace FieldNet.Edge.Diffs;

/// <summary>One line of an event file, as far as a comparison needs it.</summary>
/// <param name="Number">Of the line in its file, from 1.</param>
/// <param name="Rest">What else the line says (severity, cause, beds, evidence), by name, as JSON.</param>
internal sealed record EventLine(
    int Number, string Id, string Kind, string What, string Subject, string Phase, string Time, DateTimeOffset At, IReadOnlyDictionary<string, string> Rest)
{
    /// <summary>What it is about, apart from when and from which episode.</summary>
    public (string, string, string, string) About => (Kind, What, Subject, Phase);

    /// <exception cref="FormatException">The line is no event.</exception>
    public static EventLine Parse(int number, string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            var root = json.RootElement;
            var time = Text(root, "t");
            return new EventLine(
                number, Text(root, "id"), Text(root, "kind"), Text(root, "what"), Text(root, "subject"), Text(root, "phase"), time,
                DateTimeOffset.Parse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal), Others(root));
        }
        catch (Exception wrong) when (wrong is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException("it is no event: " + wrong.Message, wrong);
        }
    }

    /// <summary>What the two say otherwise, their numbers, times and ids apart.</summary>
    public IEnumerable<string> DifferencesTo(EventLine other) => Rest.Keys.Union(other.Rest.Keys, StringComparer.Ordinal)
        .Where(name => Rest.GetValueOrDefault(name) != other.Rest.GetValueOrDefault(name))
        .Select(name => $"{name} {Rest.GetValueOrDefault(name, "nothing")} → {other.Rest.GetValueOrDefault(name, "nothing")}");

    private static string Text(JsonElement root, string name) => root.GetProperty(name).GetString() ?? throw new KeyNotFoundException($"'{name}' is null");

    private static Dictionary<string, string> Others(JsonElement root)
    {
        var rest = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var member in root.EnumerateObject())
        {
            if (member.Name is "evidence" && member.Value.ValueKind == JsonValueKind.Object)
            {
                foreach (var fact in member.Value.EnumerateObject())
                {
                    rest[fact.Name] = fact.Value.GetRawText();
                }
            }
            else if (member.Name is not ("n" or "t" or "id" or "kind" or "what" or "subject" or "phase"))
            {
                rest[member.Name] = member.Value.GetRawText();
            }
        }

        return rest;
    }
}
