using FieldNet.Mqtt.Packets;

namespace FieldNet.Mqtt.Client;

/// <summary>The publishing side of one connection: identifiers, the server's limits, topic aliases, and what a session sends again.</summary>
/// <remarks>
/// Threading: any thread publishes, the read loop answers; under the session's lock.
/// Full policy: a message that finds no room (in-flight window, server's Receive Maximum, pending bytes) is not taken.
/// </remarks>
internal sealed class ClientPublisher(MqttClientOptions options, MqttClientSession session, ClientSender sender)
{
    /// <summary>An alias property: its identifier and two bytes.</summary>
    private const int AliasBytes = 3;

    private const int StackBytes = 256;

    /// <summary>What the session has from earlier connections, to be sent before anything new.</summary>
    private readonly Queue<ushort> _backlog = new();
    private readonly bool _keeps = options.Session is not null;
    private MqttServerLimits _limits = new();
    private OutgoingAliases _aliases = new(0);
    private bool _sessionPresent;
    private int _quota;
    private bool _isOver;
    private TaskCompletionSource? _room;

    /// <summary>The server let us in: what the session still owes goes first, in its old order.</summary>
    public void Begin(MqttServerLimits limits, bool sessionPresent)
    {
        var done = new List<Answer>();
        lock (session.Gate)
        {
            _limits = limits;
            _sessionPresent = sessionPresent;
            _aliases = new OutgoingAliases(Math.Min(limits.TopicAliasMaximum, options.MaxTopicAliases));
            _quota = limits.ReceiveMaximum;
            foreach (var id in session.Outgoing.InOrder())
            {
                if (!sessionPresent && session.Outgoing.IsReceived(id))
                {
                    // The server had taken the message over; that it has forgotten the identifier changes nothing.
                    done.Add(Release(id, MqttReasonCode.Success));
                    continue;
                }

                _backlog.Enqueue(id);
            }

            SendBacklog(done);
        }

        done.ForEach(Tell);
        ReleaseRoom();
    }

    /// <param name="message">Without identifier and alias; its properties are left out before MQTT 5.</param>
    /// <param name="token">For the callback.</param>
    /// <param name="waiter">Who awaits the answer instead of the callback.</param>
    /// <returns>False when it was not taken.</returns>
    /// <exception cref="ArgumentException">The server takes no such message.</exception>
    public bool TryPublish(in PublishPacket message, ulong token, TaskCompletionSource<MqttReasonCode>? waiter)
    {
        var version = options.ProtocolVersion;
        var isV5 = version == MqttProtocolVersion.V5;
        var propertyBytes = isV5 ? message.Properties.Length + AliasBytes : 0;
        var block = propertyBytes <= StackBytes ? stackalloc byte[StackBytes] : new byte[propertyBytes];
        lock (session.Gate)
        {
            ThrowIfNeverTaken(message);
            ushort packetId = 0;
            if (_isOver || (message.Qos > 0 && (_quota == 0 || _backlog.Count > 0 || !session.Outgoing.TryTake(token, waiter, out packetId))))
            {
                return false;
            }

            var isKnown = false;
            var alias = isV5 ? _aliases.Find(message.Topic, out isKnown) : (ushort)0;
            var packet = new PublishPacket
            {
                Qos = message.Qos,
                Retain = message.Retain,
                PacketId = packetId,
                Topic = isKnown ? default : message.Topic,
                Properties = isV5 ? WithAlias(block, message.Properties, alias) : default,
                Payload = message.Payload,
            };
            if (!sender.TryPublish(packet, packet.PacketBytes(version)))
            {
                _ = packetId > 0 && session.Outgoing.TryRelease(packetId, out _, out _);
                return false;
            }

            if (alias > 0 && !isKnown)
            {
                _aliases.Add(message.Topic, alias);
            }

            if (packetId > 0)
            {
                _quota--;
                Keep(message, packetId);
            }

            return true;
        }
    }

    /// <summary>PUBACK, PUBREC or PUBCOMP came.</summary>
    public void Answered(MqttPacketType type, in AckPacket answer)
    {
        Answer done;
        List<Answer>? undeliverable = null;
        lock (session.Gate)
        {
            if (type == MqttPacketType.PubRec && answer.Reason < MqttReasonCode.UnspecifiedError)
            {
                var isKnown = session.Outgoing.TryMarkReceived(answer.PacketId);
                sender.Write(new AckPacket(answer.PacketId, isKnown ? MqttReasonCode.Success : MqttReasonCode.PacketIdentifierNotFound), MqttPacketType.PubRel);
                return;
            }

            if (!session.Outgoing.TryRelease(answer.PacketId, out var token, out var waiter))
            {
                return;
            }

            done = new Answer(token, waiter, answer.Reason);
            _quota++;
            if (_backlog.Count > 0)
            {
                SendBacklog(undeliverable = []);
            }
        }

        ReleaseRoom();
        Tell(done);
        undeliverable?.ForEach(Tell);
    }

    public ValueTask WaitForRoomAsync(CancellationToken cancellationToken)
    {
        lock (session.Gate)
        {
            if (HasRoom)
            {
                return ValueTask.CompletedTask;
            }

            var room = _room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            // Looked at again, now that whoever makes room finds us waiting.
            return HasRoom ? ValueTask.CompletedTask : new ValueTask(room.Task.WaitAsync(cancellationToken));
        }
    }

    public void ReleaseRoom() => Interlocked.Exchange(ref _room, null)?.TrySetResult();

    /// <summary>The connection is over.</summary>
    /// <returns>Who waits for an answer that will not come: nobody where the session goes on.</returns>
    public IReadOnlyList<TaskCompletionSource<MqttReasonCode>> End()
    {
        _isOver = true;
        return _keeps ? [] : [.. session.Outgoing.Waiters()];
    }

    private bool HasRoom => _isOver || sender.IsLeaving
        || (_quota > 0 && _backlog.Count == 0 && !session.Outgoing.IsFull && sender.HasRoom);

    private static ReadOnlySpan<byte> WithAlias(Span<byte> block, ReadOnlySpan<byte> properties, ushort alias)
    {
        if (alias == 0)
        {
            return properties;
        }

        var writer = new MqttPropertyWriter(block);
        writer.UInt16(MqttPropertyId.TopicAlias, alias);
        properties.CopyTo(block[AliasBytes..]);
        return block[..(AliasBytes + properties.Length)];
    }

    private void ThrowIfNeverTaken(in PublishPacket message)
    {
        // Judged as it would be sent in full: whether an alias makes it fit must not depend on what was sent before.
        var bytes = message.PacketBytes(options.ProtocolVersion) + AliasBytes;
        if (bytes > _limits.MaxPacketBytes)
        {
            throw new ArgumentException($"The packet of {bytes} bytes is larger than the {_limits.MaxPacketBytes} that the server takes.", nameof(message));
        }

        if (message.Qos > _limits.MaximumQos)
        {
            throw new ArgumentException($"The server takes no QoS over {_limits.MaximumQos}.", nameof(message));
        }

        if (message.Retain && !_limits.RetainAvailable)
        {
            throw new ArgumentException("The server keeps no retained messages.", nameof(message));
        }
    }

    private void Keep(in PublishPacket message, ushort packetId)
    {
        if (_keeps)
        {
            var full = new PublishPacket
            {
                Qos = message.Qos,
                Retain = message.Retain,
                PacketId = packetId,
                Topic = message.Topic,
                Properties = options.ProtocolVersion == MqttProtocolVersion.V5 ? message.Properties : default,
                Payload = message.Payload,
            };
            session.Outgoing.Keep(full, full.PacketBytes(options.ProtocolVersion), options.ProtocolVersion);
        }
    }

    private void SendBacklog(List<Answer> undeliverable)
    {
        while (_quota > 0 && _backlog.TryDequeue(out var id))
        {
            if (session.Outgoing.IsReceived(id))
            {
                sender.Write(new AckPacket(id, MqttReasonCode.Success), MqttPacketType.PubRel);
            }
            else if (session.Outgoing.Kept(id).Length <= _limits.MaxPacketBytes)
            {
                sender.WriteAgain(session.Outgoing.Kept(id), duplicate: _sessionPresent);
            }
            else
            {
                undeliverable.Add(Release(id, MqttReasonCode.PacketTooLarge));
                continue;
            }

            _quota--;
        }
    }

    private Answer Release(ushort id, MqttReasonCode reason)
    {
        session.Outgoing.TryRelease(id, out var token, out var waiter);
        return new Answer(token, waiter, reason);
    }

    private void Tell(Answer answer)
    {
        if (answer.Waiter is not null)
        {
            answer.Waiter.TrySetResult(answer.Reason);
        }
        else
        {
            options.Acknowledged?.Invoke(answer.Token, answer.Reason);
        }
    }

    private readonly record struct Answer(ulong Token, TaskCompletionSource<MqttReasonCode>? Waiter, MqttReasonCode Reason);
}
