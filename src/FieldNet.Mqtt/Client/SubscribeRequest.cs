using System.Buffers;
using System.Text;
using FieldNet.Mqtt.Packets;

namespace FieldNet.Mqtt.Client;

/// <summary>Encodes SUBSCRIBE and UNSUBSCRIBE of several filters.</summary>
internal static class SubscribeRequest
{
    /// <param name="subscriptionId">0: none. MQTT 5.</param>
    public static void Write(
        IBufferWriter<byte> output, MqttProtocolVersion version, ushort packetId, IReadOnlyList<MqttSubscription> subscriptions, int subscriptionId)
    {
        var properties = new PropertyBlock();
        if (subscriptionId > 0)
        {
            properties.Varint(MqttPropertyId.SubscriptionIdentifier, subscriptionId);
        }

        byte[][] filters = [.. subscriptions.Select(each => Encoding.UTF8.GetBytes(each.Filter))];
        var writer = Begin(output, version, MqttPacketType.Subscribe, packetId, properties.Bytes, filters.Sum(filter => 3 + filter.Length));
        for (var i = 0; i < filters.Length; i++)
        {
            writer.WriteBinary(filters[i]);
            writer.WriteByte(subscriptions[i].Options(version).Value);
        }

        writer.Complete();
    }

    public static void Write(IBufferWriter<byte> output, MqttProtocolVersion version, ushort packetId, IReadOnlyList<string> filters)
    {
        byte[][] utf8 = [.. filters.Select(Encoding.UTF8.GetBytes)];
        var writer = Begin(output, version, MqttPacketType.Unsubscribe, packetId, properties: default, utf8.Sum(filter => 2 + filter.Length));
        foreach (var filter in utf8)
        {
            writer.WriteBinary(filter);
        }

        writer.Complete();
    }

    private static MqttPacketWriter Begin(
        IBufferWriter<byte> output, MqttProtocolVersion version, MqttPacketType type, ushort packetId, ReadOnlySpan<byte> properties, int filterBytes)
    {
        var isV5 = version == MqttProtocolVersion.V5;
        var writer = new MqttPacketWriter(
            output, MqttFixedHeader.Of(type), 2 + (isV5 ? MqttVarint.Length(properties.Length) + properties.Length : 0) + filterBytes);
        writer.WriteUInt16(packetId);
        if (isV5)
        {
            writer.WriteVarint(properties.Length);
            writer.WriteRaw(properties);
        }

        return writer;
    }
}
