using System.Buffers;
using System.Text.Json;

namespace FieldNet.Mqtt.Endpoint;

/// <summary>The payloads of the records that say how a connection began and ended.</summary>
internal static class ConnectionJson
{
    public static byte[] Connect(ConnectSettings settings, string address)
    {
        var output = new ArrayBufferWriter<byte>(256);
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        json.WriteNumber("protocol", (int)settings.Version);
        json.WriteNumber("keep_alive_s", settings.KeepAliveSeconds);
        json.WriteBoolean("clean", settings.CleanStart);
        json.WriteNumber("session_expiry_s", settings.SessionExpirySeconds);
        json.WriteString("address", address);
        if (settings.WillTopic is { } topic)
        {
            json.WriteString("will_topic", topic);
        }

        json.WriteEndObject();
        json.Flush();
        return output.WrittenSpan.ToArray();
    }

    public static byte[] Close(ConnectionEnd end)
    {
        var output = new ArrayBufferWriter<byte>(64);
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        json.WriteString("reason", end.Reason);
        json.WriteBoolean("leave", end.TakesLeave);
        json.WriteEndObject();
        json.Flush();
        return output.WrittenSpan.ToArray();
    }
}
