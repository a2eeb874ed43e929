using System.Buffers;
using System.Text;
using FieldNet.Mqtt.Packets;

namespace FieldNet.Mqtt.Client;

/// <summary>Encodes the CONNECT of a client's options.</summary>
internal static class ConnectRequest
{
    public static void Write(IBufferWriter<byte> output, MqttClientOptions options)
    {
        var properties = new PropertyBlock()
            .Seconds(MqttPropertyId.SessionExpiryInterval, options.SessionExpiry)
            .UInt16(MqttPropertyId.ReceiveMaximum, options.ReceiveMaximum)
            .UInt32(MqttPropertyId.MaximumPacketSize, (uint)options.MaxPacketBytes)
            .UInt16(MqttPropertyId.TopicAliasMaximum, options.TopicAliasMaximum);
        new ConnectPacket
        {
            Version = options.ProtocolVersion,
            CleanStart = options.CleanStart,
            KeepAliveSeconds = (ushort)Math.Min(options.KeepAlive.TotalSeconds, ushort.MaxValue),
            Properties = properties.Bytes,
            ClientId = Encoding.UTF8.GetBytes(options.ClientId),
            HasWill = options.Will is not null,
            WillQos = options.Will?.Qos ?? 0,
            WillRetain = options.Will?.Retain ?? false,
            WillProperties = options.Will is { } will ? will.Properties().Bytes : default,
            WillTopic = Encoding.UTF8.GetBytes(options.Will?.Topic ?? ""),
            WillPayload = options.Will is { } w ? w.Payload.Span : default,
            HasUserName = options.UserName is not null,
            UserName = Encoding.UTF8.GetBytes(options.UserName ?? ""),
            HasPassword = !options.Password.IsEmpty,
            Password = options.Password.Span,
        }.Write(output);
    }
}
