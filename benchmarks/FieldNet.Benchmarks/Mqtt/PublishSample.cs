using FieldNet.Mqtt.Packets;

namespace FieldNet.Benchmarks.Mqtt;

/// <summary>A bedside's PUBLISH: the topic and the content type that they all have.</summary>
internal static class PublishSample
{
    public static PublishPacket Of(ReadOnlySpan<byte> payload) => new()
    {
        Qos = 1,
        PacketId = 1,
        Topic = "fieldnet/v1/chu/icu1/bed-03/mon1/vitals"u8,
        Properties = "\x03\x00\x16application/x-protobuf"u8,
        Payload = payload,
    };
}
