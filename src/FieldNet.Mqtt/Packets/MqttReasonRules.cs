using static FieldNet.Mqtt.Packets.MqttReasonCode;

namespace FieldNet.Mqtt.Packets;

/// <summary>Which reason codes an MQTT 5 packet may carry, whoever sends it.</summary>
/// <remarks>Shape: a set is a bit mask; codes below 0x80 take the lower half. Source: MQTT 5.0 section 2.4 and those of the packets.</remarks>
public static class MqttReasonRules
{
    private static readonly UInt128 Received = Set(Success, NoMatchingSubscribers, UnspecifiedError, ImplementationSpecificError,
        NotAuthorized, TopicNameInvalid, PacketIdentifierInUse, QuotaExceeded, PayloadFormatInvalid);

    private static readonly UInt128 Released = Set(Success, PacketIdentifierNotFound);

    private static readonly UInt128 Connected = Set(Success, UnspecifiedError, MalformedPacket, ProtocolError, ImplementationSpecificError,
        UnsupportedProtocolVersion, ClientIdentifierNotValid, BadUserNameOrPassword, NotAuthorized, ServerUnavailable, ServerBusy, Banned,
        BadAuthenticationMethod, TopicNameInvalid, PacketTooLarge, QuotaExceeded, PayloadFormatInvalid, RetainNotSupported,
        QosNotSupported, UseAnotherServer, ServerMoved, ConnectionRateExceeded);

    private static readonly UInt128 Subscribed = Set(Success, GrantedQos1, GrantedQos2, UnspecifiedError, ImplementationSpecificError,
        NotAuthorized, TopicFilterInvalid, PacketIdentifierInUse, QuotaExceeded, SharedSubscriptionsNotSupported,
        SubscriptionIdentifiersNotSupported, WildcardSubscriptionsNotSupported);

    private static readonly UInt128 Unsubscribed = Set(Success, NoSubscriptionExisted, UnspecifiedError, ImplementationSpecificError,
        NotAuthorized, TopicFilterInvalid, PacketIdentifierInUse);

    private static readonly UInt128 Disconnected = Set(Success, DisconnectWithWill, UnspecifiedError, MalformedPacket, ProtocolError,
        ImplementationSpecificError, NotAuthorized, ServerBusy, ServerShuttingDown, BadAuthenticationMethod, KeepAliveTimeout,
        SessionTakenOver, TopicFilterInvalid, TopicNameInvalid, ReceiveMaximumExceeded, TopicAliasInvalid, PacketTooLarge,
        MessageRateTooHigh, QuotaExceeded, AdministrativeAction, PayloadFormatInvalid, RetainNotSupported, QosNotSupported,
        UseAnotherServer, ServerMoved, SharedSubscriptionsNotSupported, ConnectionRateExceeded, MaximumConnectTime,
        SubscriptionIdentifiersNotSupported, WildcardSubscriptionsNotSupported);

    private static readonly UInt128 Authenticating = Set(Success, ContinueAuthentication, ReAuthenticate);

    /// <summary>False as well for a packet that carries no reason.</summary>
    public static bool Allows(MqttPacketType type, MqttReasonCode reason) => (Of(type) & Bit(reason)) != 0;

    private static UInt128 Of(MqttPacketType type) => type switch
    {
        MqttPacketType.ConnAck => Connected,
        MqttPacketType.PubAck or MqttPacketType.PubRec => Received,
        MqttPacketType.PubRel or MqttPacketType.PubComp => Released,
        MqttPacketType.SubAck => Subscribed,
        MqttPacketType.UnsubAck => Unsubscribed,
        MqttPacketType.Disconnect => Disconnected,
        MqttPacketType.Auth => Authenticating,
        _ => default,
    };

    // No code lies between 0x40 and 0x7F or above 0xBF.
    private static UInt128 Bit(MqttReasonCode reason) => ((int)reason & 0x40) != 0
        ? default
        : UInt128.One << (((int)reason & 0x3F) | ((int)reason >> 1 & 0x40));

    private static UInt128 Set(params ReadOnlySpan<MqttReasonCode> reasons)
    {
        UInt128 set = 0;
        foreach (var reason in reasons)
        {
            set |= Bit(reason);
        }

        return set;
    }
}
