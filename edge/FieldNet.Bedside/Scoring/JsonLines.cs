using System.Text.Json;

namespace FieldNet.Bedside.Scoring;

/// <summary>Reads files of one JSON object a line, whatever their line ends.</summary>
internal static class JsonLines
{
    public static List<T> Read<T>(string path, Func<JsonElement, T> parse)
    {
        List<T> read = [];
        foreach (var (index, line) in File.ReadLines(path).Index())
        {
            if (line.AsSpan().Trim() is { Length: > 0 } text && text is not "\uFEFF")
            {
                try
                {
                    using var json = JsonDocument.Parse(line.Trim('\uFEFF'));
                    read.Add(parse(json.RootElement));
                }
                catch (Exception wrong) when (wrong is JsonException or FormatException or InvalidOperationException)
                {
                    throw new FormatException($"{path}, line {index + 1}: {wrong.Message}", wrong);
                }
            }
        }
        return read;
    }

    public static string Text(JsonElement line, string name) =>
        TextOrEmpty(line, name) is { Length: > 0 } text ? text : throw new FormatException($"'{name}' is missing, or no text");

    public static string TextOrEmpty(JsonElement line, string name) =>
        line.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    public static string[] Texts(JsonElement line, string name) =>
        line.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Where(one => one.ValueKind == JsonValueKind.String).Select(one => one.GetString()!)]
            : [];
}
