using static FieldNet.Mqtt.Packets.MqttPropertyId;

namespace FieldNet.Mqtt.Packets;

/// <summary>Which properties a packet may carry, and what they may say.</summary>
/// <remarks>Shape: a set is a bit mask over property identifiers. Source: MQTT 5.0 section 2.2.2.2 and those of the packets.</remarks>
public static class MqttPropertyRules
{
    public static readonly ulong Connect = Set(SessionExpiryInterval, ReceiveMaximum, MaximumPacketSize, TopicAliasMaximum,
        RequestResponseInformation, RequestProblemInformation, UserProperty, AuthenticationMethod, AuthenticationData);

    public static readonly ulong Will = Set(WillDelayInterval, PayloadFormatIndicator, MessageExpiryInterval, ContentType,
        ResponseTopic, CorrelationData, UserProperty);

    public static readonly ulong ConnAck = Set(SessionExpiryInterval, ReceiveMaximum, MaximumQos, RetainAvailable, MaximumPacketSize,
        AssignedClientIdentifier, TopicAliasMaximum, ReasonString, UserProperty, WildcardSubscriptionAvailable,
        SubscriptionIdentifierAvailable, SharedSubscriptionAvailable, ServerKeepAlive, ResponseInformation, ServerReference,
        AuthenticationMethod, AuthenticationData);

    /// <summary>A PUBLISH from a client: it may not name a subscription (3.3.4-6).</summary>
    public static readonly ulong PublishToServer = Set(PayloadFormatIndicator, MessageExpiryInterval, TopicAlias, ResponseTopic,
        CorrelationData, UserProperty, ContentType);

    public static readonly ulong PublishToClient = PublishToServer | Set(SubscriptionIdentifier);

    /// <summary>PUBACK, PUBREC, PUBREL, PUBCOMP, SUBACK and UNSUBACK.</summary>
    public static readonly ulong Acknowledgement = Set(ReasonString, UserProperty);

    public static readonly ulong Subscribe = Set(SubscriptionIdentifier, UserProperty);

    public static readonly ulong Unsubscribe = Set(UserProperty);

    public static readonly ulong Disconnect = Set(SessionExpiryInterval, ReasonString, UserProperty, ServerReference);

    private static readonly ulong Repeatable = Set(UserProperty, SubscriptionIdentifier);

    private static readonly ulong ZeroOrOne = Set(PayloadFormatIndicator, RequestProblemInformation, RequestResponseInformation,
        MaximumQos, RetainAvailable, WildcardSubscriptionAvailable, SubscriptionIdentifierAvailable, SharedSubscriptionAvailable);

    private static readonly ulong NotZero = Set(ReceiveMaximum, MaximumPacketSize, SubscriptionIdentifier);

    /// <summary>Reads the whole block once and says what is wrong with it.</summary>
    /// <returns><see cref="MqttReasonCode.Success"/>, or the reason to refuse the packet.</returns>
    public static MqttReasonCode Check(ReadOnlySpan<byte> properties, ulong allowed)
    {
        var seen = 0UL;
        var reader = new MqttPropertyReader(properties);
        while (reader.TryRead(out var property))
        {
            var bit = 1UL << (int)property.Id;
            // A property that the packet may not carry is malformed (2.2.2.2); a second one is a protocol error.
            if ((allowed & bit) == 0)
            {
                return MqttReasonCode.MalformedPacket;
            }

            if ((seen & bit & ~Repeatable) != 0
                || ((ZeroOrOne & bit) != 0 && property.Number > 1)
                || ((NotZero & bit) != 0 && property.Number == 0)
                || (property.Id == ResponseTopic && !MqttTopic.IsValidName(property.Bytes)))
            {
                return MqttReasonCode.ProtocolError;
            }

            seen |= bit;
        }

        return reader.AtEnd ? MqttReasonCode.Success : MqttReasonCode.MalformedPacket;
    }

    /// <summary>The first property of that kind in a checked block.</summary>
    public static bool TryFind(ReadOnlySpan<byte> properties, MqttPropertyId id, out MqttProperty property)
    {
        var reader = new MqttPropertyReader(properties);
        while (reader.TryRead(out property))
        {
            if (property.Id == id)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The number of the first property of that kind in a checked block.</summary>
    public static uint NumberOr(ReadOnlySpan<byte> properties, MqttPropertyId id, uint otherwise) =>
        TryFind(properties, id, out var property) ? property.Number : otherwise;

    private static ulong Set(params ReadOnlySpan<MqttPropertyId> ids)
    {
        var set = 0UL;
        foreach (var id in ids)
        {
            set |= 1UL << (int)id;
        }

        return set;
    }
}
