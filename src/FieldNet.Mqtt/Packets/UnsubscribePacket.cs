using System.Buffers;

namespace FieldNet.Mqtt.Packets;

/// <summary>UNSUBSCRIBE: its filters are walked over by <see cref="TryReadNext"/>.</summary>
/// <remarks>Lifetime: spans alias the packet's body. Source: MQTT 5.0 and 3.1.1 section 3.10.</remarks>
public ref struct UnsubscribePacket
{
    private MqttPacketReader _filters;

    public ushort PacketId { get; private init; }

    /// <summary>Property block without its length; empty before MQTT 5.</summary>
    public ReadOnlySpan<byte> Properties { get; private init; }

    /// <summary>How many filters there are: as many codes go into an MQTT 5 UNSUBACK.</summary>
    public int Count { get; private init; }

    /// <returns><see cref="MqttReasonCode.Success"/>, or why the packet is refused.</returns>
    public static MqttReasonCode Read(ReadOnlySpan<byte> body, MqttProtocolVersion version, out UnsubscribePacket packet)
    {
        packet = default;
        var reader = new MqttPacketReader(body);
        if (!reader.TryReadUInt16(out var packetId) || !reader.TryReadProperties(version, out var properties))
        {
            return MqttReasonCode.MalformedPacket;
        }

        var fault = packetId == 0 ? MqttReasonCode.ProtocolError : MqttPropertyRules.Check(properties, MqttPropertyRules.Unsubscribe);
        var filters = reader;
        var count = 0;
        for (; fault == MqttReasonCode.Success && !reader.AtEnd; count++)
        {
            fault = reader.TryReadUtf8(out _) ? MqttReasonCode.Success : MqttReasonCode.MalformedPacket;
        }

        packet = new UnsubscribePacket { _filters = filters, PacketId = packetId, Properties = properties, Count = count };
        return fault == MqttReasonCode.Success && count == 0 ? MqttReasonCode.ProtocolError : fault;
    }

    /// <returns>False after the last one.</returns>
    public bool TryReadNext(out ReadOnlySpan<byte> filter) => _filters.TryReadUtf8(out filter);

    /// <summary>Encodes an UNSUBSCRIBE of one filter.</summary>
    public static void Write(
        IBufferWriter<byte> output, MqttProtocolVersion version, ushort packetId, ReadOnlySpan<byte> filter, ReadOnlySpan<byte> properties = default)
    {
        var bodyBytes = 2 + MqttPacketWriter.BlockBytes(properties, version) + 2 + filter.Length;
        var writer = new MqttPacketWriter(output, MqttFixedHeader.Of(MqttPacketType.Unsubscribe), bodyBytes);
        writer.WriteUInt16(packetId);
        writer.WriteBlock(properties, version);
        writer.WriteBinary(filter);
        writer.Complete();
    }

    /// <summary>Encodes an UNSUBSCRIBE of any number of filters.</summary>
    public static void Write(
        IBufferWriter<byte> output, MqttProtocolVersion version, ushort packetId, ReadOnlySpan<ReadOnlyMemory<byte>> filters,
        ReadOnlySpan<byte> properties = default)
    {
        var bodyBytes = 2 + MqttPacketWriter.BlockBytes(properties, version);
        foreach (var filter in filters)
        {
            bodyBytes += 2 + filter.Length;
        }

        var writer = new MqttPacketWriter(output, MqttFixedHeader.Of(MqttPacketType.Unsubscribe), bodyBytes);
        writer.WriteUInt16(packetId);
        writer.WriteBlock(properties, version);
        foreach (var filter in filters)
        {
            writer.WriteBinary(filter.Span);
        }

        writer.Complete();
    }
}
