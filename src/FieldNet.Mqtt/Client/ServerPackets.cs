using System.Text;
using FieldNet.Mqtt.Packets;

namespace FieldNet.Mqtt.Client;

/// <summary>What each packet of the server means to a client.</summary>
/// <remarks>Threading: the read loop.</remarks>
internal sealed class ServerPackets(ClientConnection connection, MqttProtocolVersion version)
{
    private bool _isConnected;

    public static MqttClientClosed Fault(MqttReasonCode reason, string detail) => new(reason, IsRemote: false, detail);

    /// <param name="isTaken">False: a message found no room; wait and call again with the same packet.</param>
    /// <returns>Why the connection ends; null to go on.</returns>
    public MqttClientClosed? Take(byte header, ReadOnlySpan<byte> body, out bool isTaken)
    {
        isTaken = true;
        var type = MqttFixedHeader.Type(header);
        if (_isConnected == (type == MqttPacketType.ConnAck) || !MqttFixedHeader.IsValid(header, version))
        {
            return Fault(MqttReasonCode.ProtocolError, $"the server sent a packet of type {(int)type} out of place");
        }

        MqttReasonCode fault;
        switch (type)
        {
            case MqttPacketType.ConnAck:
                return Connected(body);
            case MqttPacketType.Publish:
                fault = PublishPacket.Read(header, body, version, MqttPropertyRules.PublishToClient, out var publish);
                fault = fault == MqttReasonCode.Success ? connection.Inbox.TryTake(publish, out isTaken) : fault;
                break;
            case MqttPacketType.PubAck or MqttPacketType.PubRec or MqttPacketType.PubComp:
                fault = AckPacket.Read(body, version, out var answer, type);
                if (fault == MqttReasonCode.Success)
                {
                    connection.Publisher.Answered(type, answer);
                }

                break;
            case MqttPacketType.PubRel:
                fault = AckPacket.Read(body, version, out var release, type);
                if (fault == MqttReasonCode.Success)
                {
                    connection.Inbox.Released(release.PacketId);
                }

                break;
            case MqttPacketType.SubAck or MqttPacketType.UnsubAck:
                fault = SubAckPacket.Read(body, version, out var subAck, type);
                if (fault == MqttReasonCode.Success)
                {
                    connection.Requests.Answered(subAck.PacketId, subAck.Codes);
                }

                break;
            case MqttPacketType.PingResp:
                fault = MqttReasonCode.Success;
                break;
            case MqttPacketType.Disconnect when version == MqttProtocolVersion.V5:
                fault = DisconnectPacket.Read(body, version, MqttPropertyRules.DisconnectToClient, out var disconnect, out var properties);
                if (fault == MqttReasonCode.Success)
                {
                    return new MqttClientClosed(disconnect.Reason, IsRemote: true, $"the server disconnected as {disconnect.Reason}{Words(properties)}");
                }

                break;
            default:
                fault = MqttReasonCode.ProtocolError;
                break;
        }

        return fault == MqttReasonCode.Success ? null : Fault(fault, $"the server sent a bad packet of type {(int)type} ({fault})");
    }

    /// <summary>What the server adds in its own words, if anything.</summary>
    private static string Words(ReadOnlySpan<byte> properties) =>
        MqttPropertyRules.TryFind(properties, MqttPropertyId.ReasonString, out var words) ? $" ({Encoding.UTF8.GetString(words.Bytes)})" : "";

    private MqttClientClosed? Connected(ReadOnlySpan<byte> body)
    {
        // A server that knows no MQTT 5 refuses it in the form of the version that it knows: without properties.
        var fault = ConnAckPacket.Read(body, body.Length == 2 ? MqttProtocolVersion.V311 : version, out var packet);
        if (fault != MqttReasonCode.Success)
        {
            return Fault(fault, "the server sent a bad CONNACK");
        }

        if (packet.Reason != MqttReasonCode.Success)
        {
            return new MqttClientClosed(packet.Reason, IsRemote: true, $"refused as {packet.Reason}{Words(packet.Properties)}");
        }

        _isConnected = true;
        return connection.Accepted(packet);
    }
}
