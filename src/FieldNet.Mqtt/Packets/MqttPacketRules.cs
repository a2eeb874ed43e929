namespace FieldNet.Mqtt.Packets;

/// <summary>Whether a whole packet keeps the rules, whatever its type: for captures and tests, which read both directions.</summary>
/// <remarks>Shape: the packet alone is judged, not whether it may come at that point of a session.</remarks>
public static class MqttPacketRules
{
    /// <param name="header">The packet's first byte.</param>
    /// <param name="body">Everything behind the fixed header.</param>
    /// <param name="version">Of the connection; CONNECT says its own.</param>
    /// <param name="fromClient">Who sent it.</param>
    /// <returns><see cref="MqttReasonCode.Success"/>, or the rule's reason code.</returns>
    public static MqttReasonCode Check(byte header, ReadOnlySpan<byte> body, MqttProtocolVersion version, bool fromClient)
    {
        var type = MqttFixedHeader.Type(header);
        if (!MqttFixedHeader.IsValid(header, version))
        {
            return MqttReasonCode.MalformedPacket;
        }

        if (!MayBeSent(type, fromClient))
        {
            return MqttReasonCode.ProtocolError;
        }

        return type switch
        {
            MqttPacketType.Connect => ConnectPacket.Read(body, out _),
            MqttPacketType.ConnAck => ConnAckPacket.Read(body, version, out _),
            MqttPacketType.Publish => PublishPacket.Read(
                header, body, version, fromClient ? MqttPropertyRules.PublishToServer : MqttPropertyRules.PublishToClient, out _),
            MqttPacketType.PubAck or MqttPacketType.PubRec or MqttPacketType.PubRel or MqttPacketType.PubComp =>
                AckPacket.Read(body, version, type, out _, out _),
            MqttPacketType.Subscribe => SubscribePacket.Read(body, version, out _),
            MqttPacketType.Unsubscribe => UnsubscribePacket.Read(body, version, out _),
            MqttPacketType.SubAck or MqttPacketType.UnsubAck => SubAckPacket.Read(body, version, out _, type),
            MqttPacketType.Disconnect => DisconnectPacket.Read(
                body, version, fromClient ? MqttPropertyRules.Disconnect : MqttPropertyRules.DisconnectToClient, out _, out _),
            MqttPacketType.Auth => AuthPacket.Read(body, out _, out _),
            _ => body.IsEmpty ? MqttReasonCode.Success : MqttReasonCode.MalformedPacket,
        };
    }

    /// <summary>The direction of flow that the standard gives a type (2.1.2); the server's DISCONNECT came with MQTT 5.</summary>
    public static bool MayBeSent(MqttPacketType type, bool fromClient) => type switch
    {
        MqttPacketType.Connect or MqttPacketType.Subscribe or MqttPacketType.Unsubscribe or MqttPacketType.PingReq => fromClient,
        MqttPacketType.ConnAck or MqttPacketType.SubAck or MqttPacketType.UnsubAck or MqttPacketType.PingResp => !fromClient,
        _ => true,
    };
}
