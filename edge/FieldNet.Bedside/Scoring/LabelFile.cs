using System.Text.Json;

namespace FieldNet.Bedside.Scoring;

/// <summary>Label files: one JSON object a line.</summary>
/// <remarks>
/// Shape: <c>what, subject, cause, start, end, beds</c>, and where they apply <c>fault</c> (a number that ties together the lines of one fault) and
/// <c>optional</c>. Unknown members are ignored, so are empty lines.
/// </remarks>
public static class LabelFile
{
    public static void Write(TextWriter output, IEnumerable<Label> labels)
    {
        foreach (var label in labels)
        {
            var line = new Dictionary<string, object>
            {
                ["what"] = label.What,
                ["subject"] = label.Subject,
                ["cause"] = label.Cause,
                ["start"] = UtcTime.Text(label.StartUs),
            };
            Add("end", label.EndUs is { } end ? UtcTime.Text(end) : null);
            line["beds"] = label.Beds;
            Add("fault", label.Fault);
            Add("optional", label.IsOptional ? true : null);
            output.WriteLine(JsonSerializer.Serialize(line));

            void Add(string name, object? value)
            {
                if (value is not null)
                {
                    line[name] = value;
                }
            }
        }
    }

    /// <exception cref="FormatException">A line is no label; says which and why.</exception>
    public static IReadOnlyList<Label> Read(string path) => JsonLines.Read(path, Parse);

    private static Label Parse(JsonElement line) => new(
        JsonLines.Text(line, "what"), JsonLines.Text(line, "subject"), JsonLines.TextOrEmpty(line, "cause"), UtcTime.Parse(JsonLines.Text(line, "start")),
        JsonLines.TextOrEmpty(line, "end") is { Length: > 0 } end ? UtcTime.Parse(end) : null, JsonLines.Texts(line, "beds"))
    {
        Fault = line.TryGetProperty("fault", out var fault) && fault.ValueKind == JsonValueKind.Number && fault.TryGetInt64(out long number) ? number : null,
        IsOptional = line.TryGetProperty("optional", out var optional) && optional.ValueKind == JsonValueKind.True,
    };
}
