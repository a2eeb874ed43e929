using System.Text.Json;

namespace FieldNet.Ward;

/// <summary>A ward's options as they stand in the record of the agent's start, so that a replay judges by the same limits (P4).</summary>
public static class WardSettings
{
    private const string Name = "settings";

    private static readonly JsonSerializerOptions SnakeCase = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <returns>The <c>settings</c> of the start record; empty for the defaults.</returns>
    public static byte[] ToJson(WardOptions options) => options == WardOptions.Default ? [] : JsonSerializer.SerializeToUtf8Bytes(options, SnakeCase);

    /// <summary>Reads them back; what is not there, or of another version, is as the defaults have it.</summary>
    public static WardOptions OfStart(ReadOnlySpan<byte> payload)
    {
        try
        {
            var reader = new Utf8JsonReader(payload);
            using var start = JsonDocument.ParseValue(ref reader);
            return start.RootElement.ValueKind == JsonValueKind.Object && start.RootElement.TryGetProperty(Name, out var settings)
                ? settings.Deserialize<WardOptions>(SnakeCase) ?? WardOptions.Default
                : WardOptions.Default;
        }
        catch (JsonException)
        {
            return WardOptions.Default;
        }
    }
}
