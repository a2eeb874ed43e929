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

    /// <summary>A DISCONNECT from a server: it may not change the session expiry (3.14.2-2).</summary>
    public static readonly ulong DisconnectToClient = Disconnect & ~Set(SessionExpiryInterval);

    public static readonly ulong Auth = Set(AuthenticationMethod, AuthenticationData, ReasonString, UserProperty);

    /// <summary>What a server passes on unaltered from PUBLISH or Will to the subscribers (3.3.2-4, -15, -16, -17, -20), and the expiry.</summary>
    public static readonly ulong Forwarded = Set(PayloadFormatIndicator, MessageExpiryInterval, ResponseTopic, CorrelationData,
        UserProperty, ContentType);

    private static readonly ulong ZeroOrOne = Set(PayloadFormatIndicator, RequestProblemInformation, RequestResponseInformation,
        MaximumQos, RetainAvailable, WildcardSubscriptionAvailable, SubscriptionIdentifierAvailable, SharedSubscriptionAvailable);

    private static readonly ulong Repeatable = Set(UserProperty);

    private static readonly ulong RepeatableToClient = Set(UserProperty, SubscriptionIdentifier);

    private static readonly ulong Authentication = Set(AuthenticationMethod, AuthenticationData);

    private static readonly ulong DataWithoutMethod = Set(AuthenticationData);

    private static readonly ulong NotZero = Set(ReceiveMaximum, MaximumPacketSize, SubscriptionIdentifier);

    /// <summary>Reads the whole block once and says what is wrong with it.</summary>
    /// <returns><see cref="MqttReasonCode.Success"/>, or the reason to refuse the packet.</returns>
    public static MqttReasonCode Check(ReadOnlySpan<byte> properties, ulong allowed) =>
        properties.IsEmpty ? MqttReasonCode.Success : CheckEach(properties, allowed);

    private static MqttReasonCode CheckEach(ReadOnlySpan<byte> properties, ulong allowed)
    {
        var seen = 0UL;
        // Several subscriptions may have matched one message (3.3.2.3.8); no other packet names more than one.
        var repeatable = allowed == PublishToClient ? RepeatableToClient : Repeatable;
        var reader = new MqttPropertyReader(properties);
        while (reader.TryRead(out var property))
        {
            var bit = 1UL << (int)property.Id;
            if ((allowed & bit) == 0)
            {
                // Not one of this packet: malformed (2.2.2.2). One that only the other side may send is understood and forbidden.
                return (BothDirections(allowed) & bit) == 0 ? MqttReasonCode.MalformedPacket : MqttReasonCode.ProtocolError;
            }

            if ((seen & bit & ~repeatable) != 0
                || ((ZeroOrOne & bit) != 0 && property.Number > 1)
                || ((NotZero & bit) != 0 && property.Number == 0)
                || (property.Id == ResponseTopic && !MqttTopic.IsValidName(property.Bytes)))
            {
                return MqttReasonCode.ProtocolError;
            }

            if (property.Id == TopicAlias && property.Number == 0)
            {
                return MqttReasonCode.TopicAliasInvalid;
            }

            seen |= bit;
        }

        if (!reader.AtEnd)
        {
            return MqttReasonCode.MalformedPacket;
        }

        // 3.1.2.11.10: data without the method that they are for.
        return (seen & Authentication) == DataWithoutMethod
            ? MqttReasonCode.ProtocolError
            : MqttReasonCode.Success;
    }

    /// <summary>Copies the properties of a checked block that are in a set, in their order.</summary>
    /// <param name="properties">A checked block.</param>
    /// <param name="kept">The set, such as <see cref="Forwarded"/>.</param>
    /// <param name="target">At least as long as the block.</param>
    /// <returns>How many bytes were copied.</returns>
    public static int CopyOnly(ReadOnlySpan<byte> properties, ulong kept, Span<byte> target)
    {
        var copied = 0;
        var start = 0;
        var reader = new MqttPropertyReader(properties);
        while (reader.TryRead(out var property))
        {
            var end = properties.Length - reader.RestBytes;
            if ((kept & (1UL << (int)property.Id)) != 0)
            {
                properties[start..end].CopyTo(target[copied..]);
                copied += end - start;
            }

            start = end;
        }

        return copied;
    }

    /// <summary>Where the value of the Message Expiry Interval lies in a checked block; -1 without one.</summary>
    public static int OffsetOfMessageExpiry(ReadOnlySpan<byte> properties)
    {
        var reader = new MqttPropertyReader(properties);
        while (reader.TryRead(out var property))
        {
            if (property.Id == MessageExpiryInterval)
            {
                return properties.Length - reader.RestBytes - sizeof(uint);
            }
        }

        return -1;
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

    private static ulong BothDirections(ulong allowed) =>
        allowed == PublishToServer ? PublishToClient : allowed == DisconnectToClient ? Disconnect : allowed;

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
