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

    /// <summary>Written before <see cref="Properties"/>: what one subscriber's copy has of its own, its alias and subscription identifiers.</summary>
    public ReadOnlySpan<byte> OwnProperties { get; init; }

    /// <summary>Written in place of the Message Expiry Interval in <see cref="Properties"/> (3.3.2-6); null leaves it.</summary>
    public uint? RemainingExpirySeconds { get; init; }

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
            || (qos > 0 && !reader.TryReadUInt16(out packetId))
            || !reader.TryReadProperties(version, out var properties))
        {
            return MqttReasonCode.MalformedPacket;
        }

        var fault = qos > 0 && packetId == 0 ? MqttReasonCode.ProtocolError : MqttPropertyRules.Check(properties, allowed);
        if (fault != MqttReasonCode.Success)
        {
            return fault;
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

    /// <summary>Encodes; one pass, whatever is added or replaced for this receiver.</summary>
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
            writer.WriteVarint(OwnProperties.Length + Properties.Length);
            writer.WriteRaw(OwnProperties);
            WriteProperties(ref writer);
        }

        writer.WriteRaw(Payload);
        writer.Complete();
    }

    private void WriteProperties(ref MqttPacketWriter writer)
    {
        var expiry = RemainingExpirySeconds is null ? -1 : MqttPropertyRules.OffsetOfMessageExpiry(Properties);
        if (expiry < 0)
        {
            writer.WriteRaw(Properties);
            return;
        }

        writer.WriteRaw(Properties[..expiry]);
        writer.WriteUInt32(RemainingExpirySeconds.GetValueOrDefault());
        writer.WriteRaw(Properties[(expiry + sizeof(uint))..]);
    }

    private int BodyBytes(MqttProtocolVersion version)
    {
        var propertyBytes = OwnProperties.Length + Properties.Length;
        return 2 + Topic.Length
            + (Qos > 0 ? 2 : 0)
            + (version == MqttProtocolVersion.V5 ? MqttVarint.Length(propertyBytes) + propertyBytes : 0)
            + Payload.Length;
    }
}
