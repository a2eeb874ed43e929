using System.Globalization;
using System.Text.Json;

namespace FieldNet.Bedside.Faults;

/// <summary>Reads a script of faults: one JSON object a line; empty lines and lines that begin with # are skipped.</summary>
/// <remarks>Shape: <c>{"at":"10s","for":"20s","what":"latency","subject":"demo/icu1/bed-03","value":"250ms"}</c>.</remarks>
internal static class FaultScript
{
    /// <exception cref="SimulationException">The file can't be read, or a line is not a fault; says which and why.</exception>
    public static IReadOnlyList<Fault> Read(string path)
    {
        try
        {
            return Parse(path, File.ReadAllLines(path));
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new SimulationException($"The fault script '{path}' can't be read: {cause.Message}", cause);
        }
    }

    public static IReadOnlyList<Fault> Parse(string path, IEnumerable<string> lines)
    {
        List<Fault> faults = [];
        foreach (var (index, line) in lines.Index())
        {
            if (line.Trim() is { Length: > 0 } text && text[0] != '#')
            {
                try
                {
                    faults.Add(ParseLine(text));
                }
                catch (Exception cause) when (cause is JsonException or FormatException)
                {
                    throw new SimulationException($"{path}, line {index + 1}: {cause.Message}", cause);
                }
            }
        }
        return faults;
    }

    private static Fault ParseLine(string line)
    {
        using var document = JsonDocument.Parse(line);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("a fault is a JSON object with at, for, what and subject");
        }
        string name = Text(root, "what");
        if (!Enum.TryParse(name, ignoreCase: true, out FaultKind what) || !Enum.IsDefined(what) || char.IsAsciiDigit(name[0]))
        {
            throw new FormatException($"what is '{name}': it is one of silent, latency, jitter, loss, burst, disconnect");
        }
        double value = what switch
        {
            FaultKind.Latency or FaultKind.Jitter => Milliseconds(root),
            FaultKind.Loss => root.TryGetProperty("value", out var share) && share.ValueKind == JsonValueKind.Number && share.GetDouble() is var s and > 0 and <= 1
                ? s : throw new FormatException("the value of a loss is a share between 0 and 1"),
            _ => 0,
        };
        return new(Duration(Text(root, "at")), Duration(Text(root, "for")), what, Text(root, "subject").TrimEnd('/'), value);
    }

    private static string Text(JsonElement root, string key) =>
        root.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text
            ? text : throw new FormatException($"'{key}' is missing, or no text");

    private static double Milliseconds(JsonElement root)
    {
        double ms = !root.TryGetProperty("value", out var value) ? -1
            : value.ValueKind == JsonValueKind.String ? Duration(value.GetString()!).TotalMilliseconds
            : value.ValueKind == JsonValueKind.Number ? value.GetDouble() : -1;
        return ms is > 0 and <= 60_000 ? ms : throw new FormatException("the value of a latency or jitter is milliseconds, or a text such as \"250ms\"");
    }

    private static TimeSpan Duration(string text)
    {
        var (digits, seconds) = text switch
        {
            _ when text.EndsWith("ms", StringComparison.Ordinal) => (text[..^2], 0.001),
            _ when text.EndsWith('s') => (text[..^1], 1.0),
            _ when text.EndsWith('m') => (text[..^1], 60.0),
            _ when text.EndsWith('h') => (text[..^1], 3600.0),
            _ => ("", 0),
        };
        return double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double n) && n * seconds < 1e7
            ? TimeSpan.FromSeconds(n * seconds)
            : throw new FormatException($"'{text}' is no duration; write 500ms, 20s, 5m or 1h");
    }
}
