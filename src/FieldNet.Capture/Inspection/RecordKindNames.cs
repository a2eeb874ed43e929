using System.Text.Json;
using FieldNet.Telemetry.Records;

namespace FieldNet.Capture.Inspection;

/// <summary>The public spelling of each <see cref="RecordKind"/>: its name in snake_case.</summary>
public static class RecordKindNames
{
    private static readonly Dictionary<RecordKind, string> Names =
        Enum.GetValues<RecordKind>().ToDictionary(kind => kind, kind => JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString()));

    /// <summary>A kind of a newer version is <c>kind_N</c>.</summary>
    public static string Name(this RecordKind kind) => Names.TryGetValue(kind, out var name) ? name : $"kind_{(int)kind}";
}
