using System.Buffers;

namespace FieldNet.Mqtt.Packets;

/// <summary>UNSUBSCRIBE: its filters are walked over by <see cref="TryReadNext"/>.</summary>
/// <remarks>Lifetime: spans alias the packet's body. Source: MQTT 5.0 and 3.1.1 section 3.10.</remarks>
public ref struct UnsubscribePacket
{
    private MqttPacketReader _filters;

    public ushort PacketId { get; private init; }

    /// <summary>How many filters there are: as many codes go into an MQTT 5 UNSUBACK.</summary>
    public int Count { get; private init; }

    /// <returns><see cref="MqttReasonCode.Success"/>, or why the packet is refused.</returns>
    public static MqttReasonCode Read(ReadOnlySpan<byte> body, MqttProtocolVersion version, out UnsubscribePacket packet)
    {
        packet = default;
        var reader = new MqttPacketReader(body);
        if (!reader.TryReadUInt16(out var packetId) || packetId == 0 || !reader.TryReadProperties(version, out var properties))
        {
            return MqttReasonCode.MalformedPacket;
        }

        var filters = reader;
        var count = 0;
        for (; !reader.AtEnd; count++)
        {
            if (!reader.TryReadUtf8(out _))
            {
                return MqttReasonCode.MalformedPacket;
            }
        }

        packet = new UnsubscribePacket { _filters = filters, PacketId = packetId, Count = count };
        return count == 0 ? MqttReasonCode.ProtocolError : MqttPropertyRules.Check(properties, MqttPropertyRules.Unsubscribe);
    }

    /// <returns>False after the last one.</returns>
    public bool TryReadNext(out ReadOnlySpan<byte> filter) => _filters.TryReadUtf8(out filter);

    /// <summary>Encodes an UNSUBSCRIBE of one filter without properties.</summary>
    public static void Write(IBufferWriter<byte> output, MqttProtocolVersion version, ushort packetId, ReadOnlySpan<byte> filter)
    {
        var isV5 = version == MqttProtocolVersion.V5;
        var writer = new MqttPacketWriter(output, MqttFixedHeader.Of(MqttPacketType.Unsubscribe), 2 + (isV5 ? 1 : 0) + 2 + filter.Length);
        writer.WriteUInt16(packetId);
        if (isV5)
        {
            writer.WriteVarint(0);
        }

        writer.WriteBinary(filter);
        writer.Complete();
    }
}
