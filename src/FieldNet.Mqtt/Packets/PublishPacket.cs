using System.Buffers;

namespace FieldNet.Mqtt.Packets;

/// <summary>PUBLISH.</summary>
/// <remarks>Lifetime: the spans alias the packet's body. Source: MQTT 5.0 and 3.1.1 section 3.3.</remarks>
public readonly ref struct PublishPacket
{
    public byte Qos { get; init; }

    public bool Retain { get; init; }

    public bool Duplicate { get; init; }

    /// <summary>0 for QoS 0.</summary>
    public ushort PacketId { get; init; }

    /// <summary>Topic name; empty only with a topic alias.</summary>
    public ReadOnlySpan<byte> Topic { get; init; }

    /// <summary>Property block without its length; empty before MQTT 5.</summary>
    public ReadOnlySpan<byte> Properties { get; init; }

    public ReadOnlySpan<byte> Payload { get; init; }

    /// <param name="header">The packet's first byte, already valid.</param>
    /// <param name="body">Everything behind the fixed header.</param>
    /// <param name="version">Of the connection.</param>
    /// <param name="allowed"><see cref="MqttPropertyRules.PublishToServer"/> or <see cref="MqttPropertyRules.PublishToClient"/>.</param>
    /// <param name="packet">Complete only on success.</param>
    /// <returns><see cref="MqttReasonCode.Success"/>, or why the packet is refused.</returns>
    public static MqttReasonCode Read(
        byte header, ReadOnlySpan<byte> body, MqttProtocolVersion version, ulong allowed, out PublishPacket packet)
    {
        packet = default;
        var qos = (byte)((header >> 1) & 0b11);
        var reader = new MqttPacketReader(body);
        ushort packetId = 0;
        if (!reader.TryReadUtf8(out var topic)
            || (qos > 0 && (!reader.TryReadUInt16(out packetId) || packetId == 0))
            || !reader.TryReadProperties(version, out var properties))
        {
            return MqttReasonCode.MalformedPacket;
        }

        if (!properties.IsEmpty)
        {
            var fault = MqttPropertyRules.Check(properties, allowed);
            if (fault != MqttReasonCode.Success)
            {
                return fault;
            }
        }

        if (!MqttTopic.IsValidName(topic))
        {
            // No name at all stands for an alias; neither a wildcard nor a missing alias is a name.
            if (!topic.IsEmpty)
            {
                return MqttReasonCode.TopicNameInvalid;
            }

            if (!MqttPropertyRules.TryFind(properties, MqttPropertyId.TopicAlias, out _))
            {
                return version == MqttProtocolVersion.V5 ? MqttReasonCode.ProtocolError : MqttReasonCode.TopicNameInvalid;
            }
        }

        packet = new PublishPacket
        {
            Qos = qos,
            Retain = (header & 0b0001) != 0,
            Duplicate = (header & 0b1000) != 0,
            PacketId = packetId,
            Topic = topic,
            Properties = properties,
            Payload = reader.Rest,
        };
        return MqttReasonCode.Success;
    }

    /// <summary>Size on the wire.</summary>
    public int PacketBytes(MqttProtocolVersion version) => MqttPacketWriter.PacketBytes(BodyBytes(version));

    public void Write(IBufferWriter<byte> output, MqttProtocolVersion version)
    {
        var writer = new MqttPacketWriter(output, MqttFixedHeader.OfPublish(Qos, Retain, Duplicate), BodyBytes(version));
        writer.WriteBinary(Topic);
        if (Qos > 0)
        {
            writer.WriteUInt16(PacketId);
        }

        if (version == MqttProtocolVersion.V5)
        {
            writer.WriteVarint(Properties.Length);
            writer.WriteRaw(Properties);
        }

        writer.WriteRaw(Payload);
        writer.Complete();
    }

    private int BodyBytes(MqttProtocolVersion version) => 2 + Topic.Length
        + (Qos > 0 ? 2 : 0)
        + (version == MqttProtocolVersion.V5 ? MqttVarint.Length(Properties.Length) + Properties.Length : 0)
        + Payload.Length;
}
