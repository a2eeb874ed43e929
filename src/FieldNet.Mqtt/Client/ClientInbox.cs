using FieldNet.Mqtt.Packets;

namespace FieldNet.Mqtt.Client;

/// <summary>The receiving side of one connection: aliases, each QoS 2 message once, our Receive Maximum, and the answers.</summary>
/// <remarks>Threading: the read loop takes, any thread acknowledges; answers under the session's lock.</remarks>
internal sealed class ClientInbox(MqttClientOptions options, MqttClientSession session, ClientSender sender, IMqttReceiver receiver)
{
    private readonly IncomingAliases _aliases = new(options.TopicAliasMaximum);
    private readonly AnswersInOrder _answers = new(options.ReceiveMaximum);

    /// <summary>The message that has its place among the answers but found no room at the receiver.</summary>
    private ushort _offered;

    public IMqttReceiver Receiver => receiver;

    /// <param name="isTaken">False: no room; call again with the same packet.</param>
    /// <returns><see cref="MqttReasonCode.Success"/>, or why the connection must end.</returns>
    public MqttReasonCode TryTake(in PublishPacket packet, out bool isTaken)
    {
        isTaken = true;
        var fault = _aliases.Resolve(packet, out var topic);
        if (fault != MqttReasonCode.Success)
        {
            return fault;
        }

        if (packet.Qos > 0 && packet.PacketId != _offered)
        {
            lock (session.Gate)
            {
                if (packet.Qos == 2 && session.Incoming.Contains(packet.PacketId))
                {
                    sender.Write(new AckPacket(packet.PacketId, MqttReasonCode.Success), MqttPacketType.PubRec);
                    return MqttReasonCode.Success;
                }

                if (_answers.Count + session.Incoming.Count >= options.ReceiveMaximum && options.ProtocolVersion == MqttProtocolVersion.V5)
                {
                    return MqttReasonCode.ReceiveMaximumExceeded;
                }

                if (!_answers.TryAdd(packet.PacketId, packet.Qos))
                {
                    return MqttReasonCode.PacketIdentifierInUse;
                }
            }

            _offered = packet.PacketId;
        }

        isTaken = receiver.TryTake(new PublishPacket
        {
            Qos = packet.Qos,
            Retain = packet.Retain,
            Duplicate = packet.Duplicate,
            PacketId = packet.PacketId,
            Topic = topic,
            Properties = packet.Properties,
            Payload = packet.Payload,
        });
        if (!isTaken)
        {
            return MqttReasonCode.Success;
        }

        _offered = 0;
        if (packet.Qos > 0 && !options.ManualAcknowledge)
        {
            Acknowledge(packet.PacketId);
        }

        return MqttReasonCode.Success;
    }

    /// <returns>False for an identifier that waits for no acknowledgement.</returns>
    public bool Acknowledge(ushort packetId)
    {
        lock (session.Gate)
        {
            if (!_answers.TryMarkReady(packetId))
            {
                return false;
            }

            while (_answers.TryTakeReady(out var next, out var qos))
            {
                if (qos == 2)
                {
                    session.Incoming.Add(next);
                }

                sender.Write(new AckPacket(next, MqttReasonCode.Success), qos == 2 ? MqttPacketType.PubRec : MqttPacketType.PubAck);
            }

            return true;
        }
    }

    /// <summary>The server will not send that QoS 2 message again.</summary>
    public void Released(ushort packetId)
    {
        lock (session.Gate)
        {
            var isKnown = session.Incoming.Remove(packetId);
            sender.Write(new AckPacket(packetId, isKnown ? MqttReasonCode.Success : MqttReasonCode.PacketIdentifierNotFound), MqttPacketType.PubComp);
        }
    }
}
