using System.Globalization;
using System.Text.Json;

namespace FieldNet.Slice;

/// <summary>Reads members of others' JSON: what is missing, of another type or no finite number is null, never an exception.</summary>
internal static class TolerantJson
{
    private const int MaxTextLength = 64;

    public static JsonElement? Member(this JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null ? member : null;

    /// <summary>Of an array that is a member; none if it is no array.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement of, string name) =>
        of.Member(name) is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray() : [];

    /// <summary>A number, or one in quotes.</summary>
    public static double? Number(this JsonElement of, string name)
    {
        var member = of.Member(name);
        double number = 0;
        var isNumber = member switch
        {
            { ValueKind: JsonValueKind.Number } value => value.TryGetDouble(out number),
            { ValueKind: JsonValueKind.String } value => double.TryParse(value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out number),
            _ => false,
        };
        return isNumber && double.IsFinite(number) ? number : null;
    }

    /// <summary>A number that is what its sender writes where it measured nothing: 0.</summary>
    public static double? Measured(this JsonElement of, string name) => of.Number(name) is { } number && number != 0 ? number : null;

    /// <summary>A count, an identifier: whole and not negative.</summary>
    public static long? Whole(this JsonElement of, string name) =>
        of.Number(name) is { } number && number is >= 0 and < long.MaxValue && number == Math.Floor(number) ? (long)number : null;

    public static uint? Id(this JsonElement of, string name) => of.Whole(name) is { } id && id <= uint.MaxValue ? (uint)id : null;

    /// <summary>A text, or a number as it is written; nothing for an empty one. Cut to what a report may hold.</summary>
    public static string? Text(this JsonElement of, string name) => of.Member(name) switch
    {
        { ValueKind: JsonValueKind.String } value => Cut(value.GetString()!),
        { ValueKind: JsonValueKind.Number } value => Cut(value.GetRawText()),
        _ => null,
    };

    public static bool? Flag(this JsonElement of, string name) => of.Member(name) switch
    {
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => of.Number(name) switch { 0 => false, 1 => true, _ => null },
    };

    private static string? Cut(string text) => text.Length == 0 ? null : text[..Math.Min(text.Length, MaxTextLength)];
}
