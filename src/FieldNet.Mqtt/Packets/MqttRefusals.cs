using FieldNet.Telemetry;

namespace FieldNet.Mqtt.Packets;

/// <summary>The reason codes of MQTT beside the project's own reasons for refusal.</summary>
public static class MqttRefusals
{
    /// <summary>How a fault of a connection is counted.</summary>
    public static Refusal ToRefusal(this MqttReasonCode reason) => reason switch
    {
        MqttReasonCode.MalformedPacket => Refusal.PacketMalformed,
        MqttReasonCode.UnsupportedProtocolVersion => Refusal.ProtocolVersionUnsupported,
        MqttReasonCode.ClientIdentifierNotValid => Refusal.ClientIdInvalid,
        MqttReasonCode.BadUserNameOrPassword => Refusal.BadUserNameOrPassword,
        MqttReasonCode.NotAuthorized or MqttReasonCode.Banned => Refusal.NotAuthorized,
        MqttReasonCode.BadAuthenticationMethod => Refusal.AuthenticationMethodUnsupported,
        MqttReasonCode.KeepAliveTimeout => Refusal.KeepAliveTimeout,
        MqttReasonCode.TopicNameInvalid => Refusal.TopicNameInvalid,
        MqttReasonCode.TopicFilterInvalid => Refusal.TopicFilterInvalid,
        MqttReasonCode.TopicAliasInvalid => Refusal.TopicAliasInvalid,
        MqttReasonCode.ReceiveMaximumExceeded => Refusal.ReceiveMaximumExceeded,
        MqttReasonCode.PacketTooLarge => Refusal.PacketTooLarge,
        MqttReasonCode.QuotaExceeded => Refusal.QuotaExceeded,
        MqttReasonCode.QosNotSupported => Refusal.QosUnsupported,
        _ => Refusal.ProtocolError,
    };

    /// <summary>What an MQTT 5 PUBACK says of a message that was logged and then refused.</summary>
    public static MqttReasonCode ToPubAck(this Refusal refusal) => refusal switch
    {
        Refusal.None => MqttReasonCode.Success,
        Refusal.TopicOutsideGrammar or Refusal.TopicNameInvalid => MqttReasonCode.TopicNameInvalid,
        Refusal.TopicReserved or Refusal.NotAuthorized => MqttReasonCode.NotAuthorized,
        Refusal.TooManyTopics or Refusal.DiskFull => MqttReasonCode.QuotaExceeded,
        _ => MqttReasonCode.PayloadFormatInvalid,
    };

    /// <summary>The CONNACK return code of MQTT 3.1.1 (section 3.2.2.3).</summary>
    public static byte ToConnectReturnCode(this MqttReasonCode reason) => reason switch
    {
        MqttReasonCode.Success => 0,
        MqttReasonCode.UnsupportedProtocolVersion => 1,
        MqttReasonCode.ClientIdentifierNotValid => 2,
        MqttReasonCode.BadUserNameOrPassword => 4,
        MqttReasonCode.NotAuthorized or MqttReasonCode.BadAuthenticationMethod => 5,
        _ => 3,
    };

    /// <summary>The MQTT 5 reason nearest to a return code of MQTT 3.1.1.</summary>
    public static MqttReasonCode FromConnectReturnCode(byte code) => code switch
    {
        0 => MqttReasonCode.Success,
        1 => MqttReasonCode.UnsupportedProtocolVersion,
        2 => MqttReasonCode.ClientIdentifierNotValid,
        3 => MqttReasonCode.ServerUnavailable,
        4 => MqttReasonCode.BadUserNameOrPassword,
        5 => MqttReasonCode.NotAuthorized,
        _ => MqttReasonCode.UnspecifiedError,
    };
}
