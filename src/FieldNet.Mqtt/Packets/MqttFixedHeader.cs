namespace FieldNet.Mqtt.Packets;

/// <summary>The first byte of a packet: its type and flags.</summary>
/// <remarks>Source: MQTT 5.0 section 2.1.</remarks>
public static class MqttFixedHeader
{
    private const byte FlagsOfPubRelSubscribeUnsubscribe = 0b0010;

    public static MqttPacketType Type(byte header) => (MqttPacketType)(header >> 4);

    /// <summary>The byte for a type whose flags the standard fixes: every type but PUBLISH.</summary>
    public static byte Of(MqttPacketType type) => (byte)(((int)type << 4) | FixedFlags(type));

    public static byte OfPublish(byte qos, bool retain, bool duplicate) =>
        (byte)(((int)MqttPacketType.Publish << 4) | (duplicate ? 0b1000 : 0) | (qos << 1) | (retain ? 1 : 0));

    /// <summary>Type and flags are ones that the standard allows (2.1.3; for PUBLISH 3.3.1).</summary>
    public static bool IsValid(byte header, MqttProtocolVersion version)
    {
        var type = Type(header);
        var flags = header & 0b1111;
        return type switch
        {
            MqttPacketType.Reserved => false,
            MqttPacketType.Publish => (flags & 0b0110) != 0b0110 && (flags & 0b1110) != 0b1000,
            MqttPacketType.Auth => version == MqttProtocolVersion.V5 && flags == 0,
            // 3.1 had DUP and QoS on these: only QoS 1 is demanded there.
            MqttPacketType.PubRel or MqttPacketType.Subscribe or MqttPacketType.Unsubscribe when version == MqttProtocolVersion.V31 =>
                (flags & 0b0111) == FlagsOfPubRelSubscribeUnsubscribe,
            _ => flags == FixedFlags(type),
        };
    }

    private static int FixedFlags(MqttPacketType type) => type is MqttPacketType.PubRel or MqttPacketType.Subscribe or MqttPacketType.Unsubscribe
        ? FlagsOfPubRelSubscribeUnsubscribe
        : 0;
}
