using System.Buffers;

namespace FieldNet.Mqtt.Packets;

/// <summary>SUBSCRIBE: its filters are walked over by <see cref="TryReadNext"/>.</summary>
/// <remarks>Lifetime: spans alias the packet's body. Source: MQTT 5.0 and 3.1.1 section 3.8.</remarks>
public ref struct SubscribePacket
{
    private MqttPacketReader _filters;

    public ushort PacketId { get; private init; }

    /// <summary>Property block without its length; empty before MQTT 5.</summary>
    public ReadOnlySpan<byte> Properties { get; private init; }

    /// <summary>How many filters there are: as many codes go into SUBACK.</summary>
    public int Count { get; private init; }

    /// <summary>Reads the body and checks every filter's encoding (whether a filter may be had is the broker's matter).</summary>
    /// <returns><see cref="MqttReasonCode.Success"/>, or why the packet is refused.</returns>
    public static MqttReasonCode Read(ReadOnlySpan<byte> body, MqttProtocolVersion version, out SubscribePacket packet)
    {
        packet = default;
        var reader = new MqttPacketReader(body);
        if (!reader.TryReadUInt16(out var packetId) || !reader.TryReadProperties(version, out var properties))
        {
            return MqttReasonCode.MalformedPacket;
        }

        var fault = packetId == 0 ? MqttReasonCode.ProtocolError : MqttPropertyRules.Check(properties, MqttPropertyRules.Subscribe);
        var filters = reader;
        var count = 0;
        for (; fault == MqttReasonCode.Success && !reader.AtEnd; count++)
        {
            fault = reader.TryReadUtf8(out var filter) && reader.TryReadByte(out var options)
                ? new SubscriptionOptions(options).Check(version, MqttTopic.IsShared(filter))
                : MqttReasonCode.MalformedPacket;
        }

        packet = new SubscribePacket { _filters = filters, PacketId = packetId, Properties = properties, Count = count };
        return fault == MqttReasonCode.Success && count == 0 ? MqttReasonCode.ProtocolError : fault;
    }

    /// <returns>False after the last one.</returns>
    public bool TryReadNext(out ReadOnlySpan<byte> filter, out SubscriptionOptions options)
    {
        options = default;
        if (!_filters.TryReadUtf8(out filter) || !_filters.TryReadByte(out var value))
        {
            return false;
        }

        options = new SubscriptionOptions(value);
        return true;
    }

    /// <summary>Encodes a SUBSCRIBE of one filter.</summary>
    public static void Write(
        IBufferWriter<byte> output, MqttProtocolVersion version, ushort packetId, ReadOnlySpan<byte> filter, SubscriptionOptions options,
        ReadOnlySpan<byte> properties = default)
    {
        var bodyBytes = 2 + MqttPacketWriter.BlockBytes(properties, version) + 2 + filter.Length + 1;
        var writer = new MqttPacketWriter(output, MqttFixedHeader.Of(MqttPacketType.Subscribe), bodyBytes);
        writer.WriteUInt16(packetId);
        writer.WriteBlock(properties, version);
        writer.WriteBinary(filter);
        writer.WriteByte(options.Value);
        writer.Complete();
    }

    /// <summary>Encodes a SUBSCRIBE of any number of filters.</summary>
    public static void Write(
        IBufferWriter<byte> output, MqttProtocolVersion version, ushort packetId,
        ReadOnlySpan<(ReadOnlyMemory<byte> Filter, SubscriptionOptions Options)> filters, ReadOnlySpan<byte> properties = default)
    {
        var bodyBytes = 2 + MqttPacketWriter.BlockBytes(properties, version);
        foreach (var (filter, _) in filters)
        {
            bodyBytes += 2 + filter.Length + 1;
        }

        var writer = new MqttPacketWriter(output, MqttFixedHeader.Of(MqttPacketType.Subscribe), bodyBytes);
        writer.WriteUInt16(packetId);
        writer.WriteBlock(properties, version);
        foreach (var (filter, options) in filters)
        {
            writer.WriteBinary(filter.Span);
            writer.WriteByte(options.Value);
        }

        writer.Complete();
    }
}
