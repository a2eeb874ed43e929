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

        packet = new ConnAckPacket
        {
            SessionPresent = flags == 1,
            Reason = version == MqttProtocolVersion.V5 ? (MqttReasonCode)code : MqttRefusals.FromConnectReturnCode(code),
            Properties = properties,
        };
        return MqttPropertyRules.Check(properties, MqttPropertyRules.ConnAck);
    }

    public void Write(IBufferWriter<byte> output, MqttProtocolVersion version)
    {
        var isV5 = version == MqttProtocolVersion.V5;
        var bodyBytes = 2 + (isV5 ? MqttVarint.Length(Properties.Length) + Properties.Length : 0);
        var writer = new MqttPacketWriter(output, MqttFixedHeader.Of(MqttPacketType.ConnAck), bodyBytes);
        writer.WriteByte(SessionPresent ? (byte)1 : (byte)0);
        writer.WriteByte(isV5 ? (byte)Reason : Reason.ToConnectReturnCode());
        if (isV5)
        {
            writer.WriteVarint(Properties.Length);
            writer.WriteRaw(Properties);
        }

        writer.Complete();
    }
}
