using System.Globalization;
using System.Text.Json;

namespace FieldNet.Bedside.Faults;

/// <summary>Reads a script of faults: one JSON object a line; empty lines and lines that begin with # are skipped.</summary>
/// <remarks>
/// Shape: <c>{"at":"10s","for":"20s","what":"latency","subject":"demo/icu1/bed-03","value":"250ms"}</c>; <c>what</c>, its <c>value</c> and the places that
/// <c>subject</c> may name are in docs/protocol.md.
/// </remarks>
internal static class FaultScript
{
    /// <summary>The agent's own faults can't be injected from outside.</summary>
    private const FaultKind LastFromOutside = FaultKind.ClockStep;

    private static readonly Dictionary<string, FaultKind> Kinds = Enum.GetValues<FaultKind>().Where(kind => kind <= LastFromOutside)
        .ToDictionary(kind => kind == FaultKind.Disconnect ? "disconnect" : FaultTruth.Word(kind), StringComparer.OrdinalIgnoreCase);

    private static readonly Dictionary<string, OutageForm> Forms = new(StringComparer.OrdinalIgnoreCase)
    {
        ["not_made"] = OutageForm.NotMade,
        ["lost"] = OutageForm.Lost,
        ["held"] = OutageForm.Held,
    };

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
        if (!Kinds.TryGetValue(name, out var what))
        {
            throw new FormatException($"what is '{name}': it is one of {string.Join(", ", Kinds.Keys)}");
        }
        return new(Duration(Text(root, "at")), Duration(Text(root, "for")), what, Text(root, "subject").TrimEnd('/'), Value(root, what)) { Form = Form(root) };
    }

    private static double Value(JsonElement root, FaultKind what) => what switch
    {
        FaultKind.Latency or FaultKind.Jitter => Milliseconds(root, null),
        FaultKind.UplinkLimited => Milliseconds(root, 80),
        FaultKind.Congestion => Milliseconds(root, 150),
        FaultKind.Loss or FaultKind.Reordering or FaultKind.Duplicates => root.TryGetProperty("value", out var share) && share.ValueKind == JsonValueKind.Number && share.GetDouble() is var s and > 0 and <= 1
            ? s : throw new FormatException($"the value of {FaultTruth.Word(what)} is a share between 0 and 1"),
        FaultKind.Flapping => Milliseconds(root, 4_000) / 1000,
        FaultKind.HandoverPingPong => Milliseconds(root, 3_000) / 1000,
        FaultKind.Power => Milliseconds(root, 0) / 1000,
        FaultKind.RadioWeak => Number(root, 35),
        FaultKind.ClockDrift => Number(root, null),
        FaultKind.ClockOffset or FaultKind.ClockStep => SignedMilliseconds(root),
        _ => 0,
    };

    private static OutageForm Form(JsonElement root) =>
        !root.TryGetProperty("form", out _) ? OutageForm.NotMade
            : Forms.TryGetValue(Text(root, "form"), out var form) ? form : throw new FormatException($"form is one of {string.Join(", ", Forms.Keys)}");

    private static string Text(JsonElement root, string key) =>
        root.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text
            ? text : throw new FormatException($"'{key}' is missing, or no text");

    private static double Number(JsonElement root, double? preset) =>
        !root.TryGetProperty("value", out var value) && preset is { } usual ? usual
            : value.ValueKind == JsonValueKind.Number ? value.GetDouble() : throw new FormatException("the value is a number");

    private static double Milliseconds(JsonElement root, double? preset)
    {
        double ms = !root.TryGetProperty("value", out var value) ? -1
            : value.ValueKind == JsonValueKind.String ? Duration(value.GetString()!).TotalMilliseconds
            : value.ValueKind == JsonValueKind.Number ? value.GetDouble() : -1;
        return ms is > 0 and <= 3_600_000 ? ms
            : preset is { } usual && value.ValueKind == JsonValueKind.Undefined ? usual
            : throw new FormatException("the value is milliseconds, or a text such as \"250ms\"");
    }

    /// <summary>Of a clock: <c>"-30s"</c>, <c>"8760h"</c>, or milliseconds.</summary>
    private static double SignedMilliseconds(JsonElement root)
    {
        if (root.TryGetProperty("value", out var value) && value.ValueKind == JsonValueKind.Number)
        {
            return value.GetDouble();
        }
        string text = Text(root, "value");
        return text[0] == '-' ? -Duration(text[1..]).TotalMilliseconds : Duration(text.TrimStart('+')).TotalMilliseconds;
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
        return double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double n) && n * seconds < 1e9
            ? TimeSpan.FromSeconds(n * seconds)
            : throw new FormatException($"'{text}' is no duration; write 500ms, 20s, 5m or 1h");
    }
}
