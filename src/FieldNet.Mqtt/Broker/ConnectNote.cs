using System.Buffers;
using System.Text;
using System.Text.Json;
using FieldNet.Mqtt.Packets;

namespace FieldNet.Mqtt.Broker;

/// <summary>What a Connect record says of the client and its session: all that the broker needs to have both again.</summary>
/// <remarks>Shape: the record's payload is JSON. No password is ever in it.</remarks>
internal sealed record ConnectNote
{
    public MqttProtocolVersion Version { get; init; } = MqttProtocolVersion.V311;

    public bool CleanStart { get; init; } = true;

    public ushort KeepAliveSeconds { get; init; }

    /// <summary>0 ends the session with the connection; <see cref="uint.MaxValue"/> never.</summary>
    public uint SessionExpirySeconds { get; init; }

    public string Address { get; init; } = "";

    public string? UserName { get; init; }

    /// <summary>Subject of the certificate presented in TLS.</summary>
    public string? Certificate { get; init; }

    /// <summary>Largest packet that the client takes.</summary>
    public uint MaxPacketBytes { get; init; } = uint.MaxValue;

    public WillMessage? Will { get; init; }

    public byte[] ToJson()
    {
        var output = new ArrayBufferWriter<byte>(256);
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        json.WriteNumber("protocol", (int)Version);
        json.WriteNumber("keep_alive_s", KeepAliveSeconds);
        json.WriteBoolean("clean", CleanStart);
        json.WriteNumber("session_expiry_s", SessionExpirySeconds);
        if (MaxPacketBytes != uint.MaxValue)
        {
            json.WriteNumber("max_packet_bytes", MaxPacketBytes);
        }

        json.WriteString("address", Address);
        if (UserName is not null)
        {
            json.WriteString("user", UserName);
        }

        if (Certificate is not null)
        {
            json.WriteString("certificate", Certificate);
        }

        if (Will is { } will)
        {
            json.WriteString("will_topic", will.Topic);
            json.WriteNumber("will_qos", will.Qos);
            json.WriteBoolean("will_retain", will.Retain);
            json.WriteNumber("will_delay_s", will.DelaySeconds);
            json.WriteBase64String("will_properties", will.Properties);
            json.WriteBase64String("will_payload", will.Payload);
        }

        json.WriteEndObject();
        json.Flush();
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Reads a Connect record; what an older one lacks has its default.</summary>
    public static ConnectNote Read(ReadOnlySpan<byte> payload)
    {
        var reader = new Utf8JsonReader(payload);
        using var document = JsonDocument.ParseValue(ref reader);
        var json = document.RootElement;
        return new ConnectNote
        {
            Version = (MqttProtocolVersion)Number(json, "protocol", (uint)MqttProtocolVersion.V311),
            CleanStart = Flag(json, "clean", absent: true),
            KeepAliveSeconds = (ushort)Number(json, "keep_alive_s", 0),
            SessionExpirySeconds = Number(json, "session_expiry_s", 0),
            MaxPacketBytes = Number(json, "max_packet_bytes", uint.MaxValue),
            Will = ReadWill(json),
        };
    }

    private static WillMessage? ReadWill(JsonElement json) =>
        !json.TryGetProperty("will_topic", out var topic) || !json.TryGetProperty("will_payload", out var payload) ? null : new WillMessage
        {
            Topic = Encoding.UTF8.GetBytes(topic.GetString()!),
            Payload = payload.GetBytesFromBase64(),
            Properties = json.TryGetProperty("will_properties", out var properties) ? properties.GetBytesFromBase64() : [],
            Qos = (byte)Number(json, "will_qos", 0),
            Retain = Flag(json, "will_retain", absent: false),
            DelaySeconds = Number(json, "will_delay_s", 0),
        };

    private static uint Number(JsonElement json, string name, uint absent) => json.TryGetProperty(name, out var value) ? value.GetUInt32() : absent;

    private static bool Flag(JsonElement json, string name, bool absent) => json.TryGetProperty(name, out var value) ? value.GetBoolean() : absent;
}
