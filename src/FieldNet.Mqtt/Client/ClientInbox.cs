using FieldNet.Mqtt.Packets;

namespace FieldNet.Mqtt.Client;

/// <summary>The receiving side of one connection: aliases, each QoS 2 message once, our Receive Maximum, and the answers.</summary>
/// <remarks>
/// Threading: the read loop takes, any thread acknowledges; answers under the session's lock.
/// Full policy: a server that sends beyond our Receive Maximum is read no further until the user has acknowledged something. It could
/// be thrown out, but there are brokers that do so after each resumption (mosquitto 2.0), and they would never be heard again.
/// </remarks>
internal sealed class ClientInbox(MqttClientOptions options, MqttClientSession session, ClientSender sender, IMqttReceiver receiver)
{
    private readonly IncomingAliases _aliases = new(options.TopicAliasMaximum);
    private readonly AnswersInOrder _answers = new(options.ReceiveMaximum);

    /// <summary>The message that has its place among the answers but found no room at the receiver.</summary>
    private ushort _offered;
    private TaskCompletionSource? _answered;

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

                isTaken = !_answers.IsFull;
                if (!isTaken)
                {
                    return MqttReasonCode.Success;
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

    /// <summary>Completes when a message that was not taken may be.</summary>
    public ValueTask WaitForRoomAsync(CancellationToken cancellationToken)
    {
        lock (session.Gate)
        {
            if (_answers.IsFull)
            {
                _answered ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                return new ValueTask(_answered.Task.WaitAsync(cancellationToken));
            }
        }

        return receiver.WaitForRoomAsync(cancellationToken);
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

            if (!_answers.IsFull)
            {
                _answered?.TrySetResult();
                _answered = null;
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
