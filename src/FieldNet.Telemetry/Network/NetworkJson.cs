using System.Text.Json;
using System.Text.Json.Serialization;

namespace FieldNet.Telemetry.Network;

/// <summary>How this folder's reports stand in their records: JSON, snake_case keys, nothing for what is unknown.</summary>
internal static class NetworkJson
{
    private static readonly JsonSerializerOptions SnakeCase = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter<NetworkSourceKind>(JsonNamingPolicy.SnakeCaseLower) },
    };

    public static byte[] Write<T>(T report) => JsonSerializer.SerializeToUtf8Bytes(report, SnakeCase);

    /// <returns>Null when it is none: such a record changes nothing.</returns>
    public static T? Read<T>(ReadOnlySpan<byte> payload)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(payload, SnakeCase);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
