using FieldNet.Mqtt.Packets;

namespace FieldNet.Mqtt.Broker;

/// <summary>What a client asked to be published when it goes without leave.</summary>
internal sealed class WillMessage
{
    public required byte[] Topic { get; init; }

    public required byte[] Payload { get; init; }

    /// <summary>The properties of the PUBLISH to be: those of the Will without its delay.</summary>
    public required byte[] Properties { get; init; }

    public required byte Qos { get; init; }

    public required bool Retain { get; init; }

    /// <summary>A copy of CONNECT's Will; null without one.</summary>
    public static WillMessage? From(in ConnectPacket packet) => !packet.HasWill ? null : new WillMessage
    {
        Topic = packet.WillTopic.ToArray(),
        Payload = packet.WillPayload.ToArray(),
        Properties = WithoutDelay(packet.WillProperties),
        Qos = packet.WillQos,
        Retain = packet.WillRetain,
    };

    private static byte[] WithoutDelay(ReadOnlySpan<byte> properties)
    {
        const int delayBytes = 5;
        var reader = new MqttPropertyReader(properties);
        while (reader.TryRead(out var property))
        {
            var end = properties.Length - reader.RestBytes;
            if (property.Id == MqttPropertyId.WillDelayInterval)
            {
                return [.. properties[..(end - delayBytes)], .. properties[end..]];
            }
        }

        return properties.ToArray();
    }
}
