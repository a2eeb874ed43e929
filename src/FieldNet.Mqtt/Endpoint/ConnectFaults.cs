using FieldNet.Mqtt.Packets;

namespace FieldNet.Mqtt.Endpoint;

/// <summary>Why a client was not let in, in words for its log and ours.</summary>
internal static class ConnectFaults
{
    public static string Describe(MqttReasonCode reason) => reason switch
    {
        MqttReasonCode.MalformedPacket => "the packet can't be read",
        MqttReasonCode.UnsupportedProtocolVersion => "the protocol is none of MQTT 5, 3.1.1 and 3.1",
        MqttReasonCode.ClientIdentifierNotValid => "the client identifier is too long, or empty where there must be one",
        MqttReasonCode.BadUserNameOrPassword => "user name or password are not known",
        MqttReasonCode.NotAuthorized => "this client may not connect, or not publish its Will",
        MqttReasonCode.BadAuthenticationMethod => "enhanced authentication is not offered",
        MqttReasonCode.TopicNameInvalid => "the Will's topic is not valid",
        MqttReasonCode.Banned => "this client is banned",
        _ => "the packet breaks a rule",
    };
}
