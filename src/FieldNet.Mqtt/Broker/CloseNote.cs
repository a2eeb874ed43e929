using System.Buffers;
using System.Text.Json;

namespace FieldNet.Mqtt.Broker;

/// <summary>What a Close record says of how a connection ended.</summary>
/// <param name="Reason">In words.</param>
/// <param name="TookLeave">The client said good-bye and waived its Will.</param>
/// <param name="SessionExpirySeconds">Set anew by DISCONNECT; null without that.</param>
internal sealed record CloseNote(string Reason, bool TookLeave, uint? SessionExpirySeconds = null)
{
    /// <summary>The reason when it is we who stop.</summary>
    public const string ServerStopping = "server_stopping";

    public byte[] ToJson()
    {
        var output = new ArrayBufferWriter<byte>(64);
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        json.WriteString("reason", Reason);
        json.WriteBoolean("leave", TookLeave);
        if (SessionExpirySeconds is { } seconds)
        {
            json.WriteNumber("session_expiry_s", seconds);
        }

        json.WriteEndObject();
        json.Flush();
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Reads a Close record; one without payload tells of a connection just gone.</summary>
    public static CloseNote Read(ReadOnlySpan<byte> payload)
    {
        if (payload.IsEmpty)
        {
            return new CloseNote("", TookLeave: false);
        }

        var reader = new Utf8JsonReader(payload);
        using var document = JsonDocument.ParseValue(ref reader);
        var json = document.RootElement;
        return new CloseNote(
            json.TryGetProperty("reason", out var reason) ? reason.GetString()! : "",
            json.TryGetProperty("leave", out var leave) && leave.GetBoolean(),
            json.TryGetProperty("session_expiry_s", out var expiry) ? expiry.GetUInt32() : null);
    }
}
