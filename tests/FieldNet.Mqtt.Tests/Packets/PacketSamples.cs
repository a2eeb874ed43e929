using System.Buffers;
using FieldNet.Mqtt.Packets;

namespace FieldNet.Mqtt.Tests.Packets;

/// <summary>One good packet of each kind, as a fuzzer's seeds and a round trip's start.</summary>
internal static class PacketSamples
{
    /// <summary>Whole packets with the version they are of and who sends them.</summary>
    public static IReadOnlyList<(byte[] Packet, MqttProtocolVersion Version, bool FromClient)> All { get; } = [.. Packets()];

    private static IEnumerable<(byte[] Packet, MqttProtocolVersion Version, bool FromClient)> Packets()
    {
        foreach (var version in new[] { MqttProtocolVersion.V31, MqttProtocolVersion.V311, MqttProtocolVersion.V5 })
        {
            yield return (Of(o => Connect(version).Write(o)), version, true);
            yield return (Of(o => new ConnAckPacket { SessionPresent = true, Properties = ConnAckProperties() }.Write(o, version)), version, false);
            for (byte qos = 0; qos <= 2; qos++)
            {
                yield return (Of(o => Publish(qos).Write(o, version)), version, true);
            }

            foreach (var type in new[] { MqttPacketType.PubAck, MqttPacketType.PubRec, MqttPacketType.PubRel, MqttPacketType.PubComp })
            {
                yield return (Of(o => new AckPacket(7, MqttReasonCode.Success).Write(o, version, type)), version, true);
                yield return (Of(o => new AckPacket(7, MqttReasonCode.Success).Write(o, version, type, Reason())), version, false);
            }

            yield return (Of(o => SubscribePacket.Write(
                o, version, 1, [("a/+/#"u8.ToArray(), SubscriptionOptions.Of(1)), ("$share/g/t"u8.ToArray(), default)], [11, 5])), version, true);
            yield return (Of(o => new SubAckPacket { PacketId = 1, Codes = [1, 0x80], Properties = Reason() }.Write(o, version, MqttPacketType.SubAck)), version, false);
            yield return (Of(o => UnsubscribePacket.Write(o, version, 2, ["a"u8.ToArray(), "b/c"u8.ToArray()])), version, true);
            yield return (Of(o => new SubAckPacket { PacketId = 2, Codes = [0, 0x11] }.Write(o, version, MqttPacketType.UnsubAck)), version, false);
            yield return ([0xC0, 0], version, true);
            yield return ([0xD0, 0], version, false);
            yield return (Of(o => new DisconnectPacket(MqttReasonCode.DisconnectWithWill).Write(o, version, Reason())), version, true);
        }

        yield return (Of(o => new AuthPacket(MqttReasonCode.ContinueAuthentication).Write(o, [21, 0, 1, 97, 22, 0, 2, 0, 1])), MqttProtocolVersion.V5, true);
    }

    private static ConnectPacket Connect(MqttProtocolVersion version) => new()
    {
        Version = version,
        CleanStart = true,
        KeepAliveSeconds = 60,
        Properties = [17, 0, 0, 0, 60, 33, 0, 20, 39, 0, 1, 0, 0, 34, 0, 10, 25, 1, 23, 0],
        ClientId = "bed-03"u8,
        HasWill = true,
        WillQos = 1,
        WillProperties = [24, 0, 0, 0, 5, 1, 1, 3, 0, 1, 116],
        WillTopic = "a/status"u8,
        WillPayload = "gone"u8,
        HasUserName = true,
        UserName = "é"u8,
        HasPassword = true,
        Password = [0, 255],
    };

    private static PublishPacket Publish(byte qos) => new()
    {
        Qos = qos,
        Retain = qos == 1,
        PacketId = 9,
        Topic = "fieldnet/v1/chu/icu1/bed-03/mon1/vitals"u8,
        Properties = [1, 1, 2, 0, 0, 0, 9, 35, 0, 1, 8, 0, 1, 114, 9, 0, 1, 0, 38, 0, 1, 97, 0, 1, 98, 3, 0, 1, 99],
        Payload = "{\"stamp\":{}}"u8,
    };

    private static byte[] ConnAckProperties() => [33, 0, 20, 36, 1, 39, 0, 4, 0, 0, 18, 0, 1, 105, 34, 0, 10, 31, 0, 1, 119, 19, 0, 30];

    private static byte[] Reason() => [31, 0, 3, 119, 104, 121, 38, 0, 1, 97, 0, 1, 98];

    private static byte[] Of(Action<IBufferWriter<byte>> write) => Convert.FromHexString(Wire.Written(write));
}
