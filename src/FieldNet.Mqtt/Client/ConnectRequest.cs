using System.Buffers;
using System.Text;
using FieldNet.Mqtt.Packets;

namespace FieldNet.Mqtt.Client;

/// <summary>Encodes the CONNECT of a client's options.</summary>
internal static class ConnectRequest
{
    public static void Write(IBufferWriter<byte> output, MqttClientOptions options)
    {
        var properties = new MqttPropertyWriter(stackalloc byte[16]);
        properties.UInt32(MqttPropertyId.SessionExpiryInterval, (uint)Math.Min(options.SessionExpiry.TotalSeconds, uint.MaxValue));
        properties.UInt32(MqttPropertyId.MaximumPacketSize, (uint)options.MaxPacketBytes);
        new ConnectPacket
        {
            Version = options.ProtocolVersion,
            CleanStart = options.CleanStart,
            KeepAliveSeconds = (ushort)Math.Min(options.KeepAlive.TotalSeconds, ushort.MaxValue),
            Properties = properties.Block,
            ClientId = Encoding.UTF8.GetBytes(options.ClientId),
            HasWill = options.Will is not null,
            WillQos = options.Will?.Qos ?? 0,
            WillRetain = options.Will?.Retain ?? false,
            WillProperties = WillProperties(options.Will?.ContentType),
            WillTopic = Encoding.UTF8.GetBytes(options.Will?.Topic ?? ""),
            WillPayload = options.Will is { } will ? will.Payload.Span : default,
            HasUserName = options.UserName is not null,
            UserName = Encoding.UTF8.GetBytes(options.UserName ?? ""),
            HasPassword = !options.Password.IsEmpty,
            Password = options.Password.Span,
        }.Write(output);
    }

    private static byte[] WillProperties(string? contentType)
    {
        if (contentType is null)
        {
            return [];
        }

        var utf8 = Encoding.UTF8.GetBytes(contentType);
        var properties = new MqttPropertyWriter(new byte[MqttPropertyWriter.Utf8Bytes(utf8.Length)]);
        properties.Utf8(MqttPropertyId.ContentType, utf8);
        return properties.Block.ToArray();
    }
}
