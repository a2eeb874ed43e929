using System.Buffers;
using System.Text.Json;
using FieldNet.Mqtt.Client;

namespace FieldNet.Edge.ExternalBroker;

/// <summary>The payloads of the records that say how the link to the broker stands (docs/protocol.md, "Records").</summary>
internal static class BrokerJson
{
    /// <summary>As of any client, and that its messages are those of many devices (<c>broker</c>).</summary>
    public static byte[] Connect(MqttServerAddress server, MqttClient client) => Write(json =>
    {
        json.WriteString("broker", server.ToString());
        json.WriteBoolean("session_present", client.SessionPresent);
        json.WriteNumber("keep_alive_s", (int)client.Limits.KeepAlive.TotalSeconds);
        // Of the session at our own endpoint, which there is none of.
        json.WriteBoolean("clean", true);
        json.WriteNumber("session_expiry_s", 0);
        json.WriteString("address", server.ToString());
    });

    /// <summary>The link is down: no device is to blame.</summary>
    public static byte[] Lost(string detail) => Write(json =>
    {
        json.WriteString("reason", "broker_lost");
        json.WriteBoolean("leave", false);
        json.WriteString("detail", detail);
    });

    /// <summary>We go.</summary>
    public static byte[] Stopping() => Write(json =>
    {
        json.WriteString("reason", "server_stopping");
        json.WriteBoolean("leave", true);
    });

    private static byte[] Write(Action<Utf8JsonWriter> members)
    {
        var output = new ArrayBufferWriter<byte>(256);
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        members(json);
        json.WriteEndObject();
        json.Flush();
        return output.WrittenSpan.ToArray();
    }
}
