using System.Buffers;

namespace FieldNet.Mqtt.Packets;

/// <summary>CONNACK.</summary>
/// <remarks>Lifetime: the span aliases the packet's body. Source: MQTT 5.0 and 3.1.1 section 3.2.</remarks>
public readonly ref struct ConnAckPacket
{
    public bool SessionPresent { get; init; }

    /// <summary>Before MQTT 5, the reason nearest to the return code.</summary>
    public MqttReasonCode Reason { get; init; }

    /// <summary>Property block without its length; empty before MQTT 5.</summary>
    public ReadOnlySpan<byte> Properties { get; init; }

    /// <returns><see cref="MqttReasonCode.Success"/>, or why the packet is refused.</returns>
    public static MqttReasonCode Read(ReadOnlySpan<byte> body, MqttProtocolVersion version, out ConnAckPacket packet)
    {
        packet = default;
        var reader = new MqttPacketReader(body);
        if (!reader.TryReadByte(out var flags) || flags > 1
            || !reader.TryReadByte(out var code)
            || !reader.TryReadProperties(version, out var properties)
            || !reader.AtEnd)
        {
            return MqttReasonCode.MalformedPacket;
        }

        var isV5 = version == MqttProtocolVersion.V5;
        packet = new ConnAckPacket
        {
            SessionPresent = flags == 1,
            Reason = isV5 ? (MqttReasonCode)code : MqttRefusals.FromConnectReturnCode(code),
            Properties = properties,
        };
        // 3.2.2-6: there is no session behind a refusal; 3.2.2-8: a code of the table, which before MQTT 5 ends at 5.
        return (flags == 1 && code != 0) || !(isV5 ? MqttReasonRules.Allows(MqttPacketType.ConnAck, packet.Reason) : code <= 5)
            ? MqttReasonCode.ProtocolError
            : MqttPropertyRules.Check(properties, MqttPropertyRules.ConnAck);
    }

    public void Write(IBufferWriter<byte> output, MqttProtocolVersion version)
    {
        var isV5 = version == MqttProtocolVersion.V5;
        var bodyBytes = 2 + MqttPacketWriter.BlockBytes(Properties, version);
        var writer = new MqttPacketWriter(output, MqttFixedHeader.Of(MqttPacketType.ConnAck), bodyBytes);
        writer.WriteByte(SessionPresent ? (byte)1 : (byte)0);
        writer.WriteByte(isV5 ? (byte)Reason : Reason.ToConnectReturnCode());
        writer.WriteBlock(Properties, version);
        writer.Complete();
    }
}
