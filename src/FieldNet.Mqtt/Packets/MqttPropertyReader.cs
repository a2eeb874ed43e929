namespace FieldNet.Mqtt.Packets;

/// <summary>Walks over a property block.</summary>
/// <remarks>
/// Errors: <see cref="TryRead"/> is false, and does not move, at the end and at a property that can't be read; <see cref="AtEnd"/> tells which.
/// Source: MQTT 5.0 section 2.2.2.
/// </remarks>
public ref struct MqttPropertyReader(ReadOnlySpan<byte> properties)
{
    private MqttPacketReader _reader = new(properties);

    public readonly bool AtEnd => _reader.AtEnd;

    /// <summary>Bytes behind the last property read.</summary>
    public readonly int RestBytes => _reader.Rest.Length;

    public bool TryRead(out MqttProperty property)
    {
        var before = _reader;
        if (TryReadNext(out property))
        {
            return true;
        }

        _reader = before;
        return false;
    }

    private bool TryReadNext(out MqttProperty property)
    {
        property = default;
        // Identifiers are variable byte integers, but every one defined fits a byte.
        if (!_reader.TryReadVarint(out var number) || number > (int)MqttPropertyId.SharedSubscriptionAvailable)
        {
            return false;
        }

        var id = (MqttPropertyId)number;
        switch (id)
        {
            case MqttPropertyId.PayloadFormatIndicator:
            case MqttPropertyId.RequestProblemInformation:
            case MqttPropertyId.RequestResponseInformation:
            case MqttPropertyId.MaximumQos:
            case MqttPropertyId.RetainAvailable:
            case MqttPropertyId.WildcardSubscriptionAvailable:
            case MqttPropertyId.SubscriptionIdentifierAvailable:
            case MqttPropertyId.SharedSubscriptionAvailable:
                return _reader.TryReadByte(out var oneByte) && Found(out property, id, oneByte);
            case MqttPropertyId.ServerKeepAlive:
            case MqttPropertyId.ReceiveMaximum:
            case MqttPropertyId.TopicAliasMaximum:
            case MqttPropertyId.TopicAlias:
                return _reader.TryReadUInt16(out var twoBytes) && Found(out property, id, twoBytes);
            case MqttPropertyId.MessageExpiryInterval:
            case MqttPropertyId.SessionExpiryInterval:
            case MqttPropertyId.WillDelayInterval:
            case MqttPropertyId.MaximumPacketSize:
                return _reader.TryReadUInt32(out var fourBytes) && Found(out property, id, fourBytes);
            case MqttPropertyId.SubscriptionIdentifier:
                return _reader.TryReadVarint(out var varint) && Found(out property, id, (uint)varint);
            case MqttPropertyId.ContentType:
            case MqttPropertyId.ResponseTopic:
            case MqttPropertyId.AssignedClientIdentifier:
            case MqttPropertyId.AuthenticationMethod:
            case MqttPropertyId.ResponseInformation:
            case MqttPropertyId.ServerReference:
            case MqttPropertyId.ReasonString:
                return _reader.TryReadUtf8(out var text) && Found(out property, id, text);
            case MqttPropertyId.CorrelationData:
            case MqttPropertyId.AuthenticationData:
                return _reader.TryReadBinary(out var bytes) && Found(out property, id, bytes);
            case MqttPropertyId.UserProperty:
                return _reader.TryReadUtf8(out var name) && _reader.TryReadUtf8(out var value) && Found(out property, id, name, value);
            default:
                return false;
        }
    }

    private static bool Found(out MqttProperty property, MqttPropertyId id, uint number)
    {
        property = new MqttProperty { Id = id, Number = number };
        return true;
    }

    private static bool Found(out MqttProperty property, MqttPropertyId id, ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> value = default)
    {
        property = new MqttProperty { Id = id, Bytes = bytes, PairValue = value };
        return true;
    }
}
