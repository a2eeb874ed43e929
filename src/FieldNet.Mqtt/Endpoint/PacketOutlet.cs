using System.Buffers;
using System.Text;
using FieldNet.Mqtt.Broker;
using FieldNet.Mqtt.Packets;
using FieldNet.Telemetry;
using FieldNet.Telemetry.Topics;

namespace FieldNet.Mqtt.Endpoint;

/// <summary>Writes to one client: CONNACK first, then pongs, acknowledgements whose commit has come, and messages.</summary>
/// <remarks>
/// Threading: the transport's write side. One flush a batch; a client that does not read stops its own writing and nothing else.
/// </remarks>
internal sealed class PacketOutlet(MqttConnection connection, MqttEndpointOptions options, MqttMetrics metrics)
{
    private const int BatchBytes = 64 * 1024;
    private const int BatchMessages = 64;
    private const int BatchPongs = 4_096;
    private const int MaxReasonBytes = 128;

    private readonly CountedOutput _output = new();
    private readonly ArrayBufferWriter<byte> _own = new(16);
    private OutboundAliases? _aliases;
    private OutboundItem[]? _batch;
    private bool _hasWelcomed;
    private int _messages;
    private int _acknowledgements;
    private int _answered;

    private static ReadOnlySpan<byte> PingResp => [(byte)MqttPacketType.PingResp << 4, 0];

    /// <summary>Writes what may go now.</summary>
    /// <returns>True when there is more.</returns>
    public bool Write(IBufferWriter<byte> output)
    {
        _output.Begin(output);
        if (!_hasWelcomed)
        {
            if (connection.Welcome is not { } welcome)
            {
                return false;
            }

            if (!TryWriteConnAck(welcome.SessionPresent))
            {
                return false;
            }

            _hasWelcomed = true;
        }

        // A client that asked a hundred million times and did not read is owed as many, but not in one buffer.
        var pongsTaken = connection.TakePongs(BatchPongs);
        for (var pongs = pongsTaken; pongs > 0; pongs--)
        {
            _output.Write(PingResp);
        }

        while (connection.TryTakeStray(out var packetId))
        {
            new AckPacket(packetId, MqttReasonCode.PacketIdentifierNotFound).Write(_output, connection.Settings!.Version, MqttPacketType.PubRel);
        }

        WriteAcknowledgements();
        var more = WriteMessages() || pongsTaken == BatchPongs;
        if (_output.Bytes > 0)
        {
            metrics.Sent(_output.Bytes, _messages, _acknowledgements);
            _messages = 0;
            _acknowledgements = 0;
        }

        return more;
    }

    public void WriteFarewell(IBufferWriter<byte> output, ConnectionEnd end)
    {
        if (end.Farewell is not { } reason)
        {
            return;
        }

        // 3.2.2-19, 3.14.2-3: no reason string that would make the packet larger than the client takes.
        var version = end.IsConnectRefused ? connection.RefusedVersion : connection.Settings?.Version ?? MqttProtocolVersion.V311;
        var detail = connection.MaxPacketBytes > MaxReasonBytes ? end.Detail : "";
        var properties = ReasonString(detail, version, stackalloc byte[MaxReasonBytes]);
        if (end.IsConnectRefused)
        {
            new ConnAckPacket { Reason = reason, Properties = properties }.Write(output, version);
        }
        else if (_hasWelcomed && version == MqttProtocolVersion.V5)
        {
            // 3.14.0-1: no DISCONNECT before a CONNACK that let the client in.
            new DisconnectPacket(reason).Write(output, version, properties);
        }
    }

    private static ReadOnlySpan<byte> ReasonString(string text, MqttProtocolVersion version, Span<byte> block)
    {
        var properties = new MqttPropertyWriter(block);
        if (version == MqttProtocolVersion.V5 && text.Length > 0)
        {
            Span<byte> utf8 = stackalloc byte[MaxReasonBytes - MqttPropertyWriter.Utf8Bytes(0)];
            Encoding.UTF8.TryGetBytes(text, utf8, out var length);
            properties.Utf8(MqttPropertyId.ReasonString, utf8[..length]);
        }

        return properties.Block;
    }

    /// <returns>False when the client can't take a packet that large (3.1.2-24): what it must know does not fit.</returns>
    private bool TryWriteConnAck(bool sessionPresent)
    {
        var settings = connection.Settings!;
        const int shortest = 5;
        var properties = new MqttPropertyWriter(stackalloc byte[96]);
        if (settings.Version == MqttProtocolVersion.V5)
        {
            properties.UInt16(MqttPropertyId.ReceiveMaximum, (ushort)options.ReceiveMaximum);
            properties.UInt32(MqttPropertyId.MaximumPacketSize, (uint)options.MaxPacketBytes);
            properties.UInt16(MqttPropertyId.TopicAliasMaximum, (ushort)options.TopicAliasMaximum);
            if (settings.IsSessionExpiryOurs)
            {
                properties.UInt32(MqttPropertyId.SessionExpiryInterval, settings.SessionExpirySeconds);
            }

            if (settings.IsKeepAliveOurs)
            {
                properties.UInt16(MqttPropertyId.ServerKeepAlive, settings.KeepAliveSeconds);
            }

            if (settings.IsClientIdAssigned)
            {
                Span<byte> id = stackalloc byte[32];
                properties.Utf8(MqttPropertyId.AssignedClientIdentifier, id[..Encoding.UTF8.GetBytes(settings.ClientId, id)]);
            }

            if (settings.MaxPacketBytes >= shortest + properties.Block.Length + 8)
            {
                // Said though they go without saying: there are clients that look for them.
                properties.Byte(MqttPropertyId.RetainAvailable, 1);
                properties.Byte(MqttPropertyId.WildcardSubscriptionAvailable, 1);
                properties.Byte(MqttPropertyId.SubscriptionIdentifierAvailable, 1);
                properties.Byte(MqttPropertyId.SharedSubscriptionAvailable, 1);
            }
        }

        if (settings.MaxPacketBytes < shortest + properties.Block.Length)
        {
            connection.Fault(MqttReasonCode.PacketTooLarge, "the client takes no packet as large as our CONNACK");
            return false;
        }

        // In 3.1 that byte is reserved.
        var saysSession = sessionPresent && settings.Version > MqttProtocolVersion.V31;
        new ConnAckPacket { SessionPresent = saysSession, Properties = properties.Block }.Write(_output, settings.Version);
        return true;
    }

    private void WriteAcknowledgements()
    {
        var paid = default(PaidAnswers);
        while (connection.Answers.TryTake(out var next))
        {
            Write(next);
            switch (next.Type)
            {
                case MqttPacketType.PubAck or MqttPacketType.PubRec:
                    paid.Publishes++;
                    paid.Unkept += next.Why == Refusal.DiskFull ? 1 : 0;
                    paid.Held += next.Holds ? 1 : 0;
                    break;
                case MqttPacketType.PubComp:
                    paid.Releases++;
                    break;
                default:
                    paid.Subscribes++;
                    break;
            }
        }

        if (paid != default)
        {
            connection.Answers.Pay(paid);
            _acknowledgements += paid.Publishes - paid.Unkept;
            _answered += paid.Subscribes;
        }
    }

    private void Write(in Acknowledgement answer)
    {
        var settings = connection.Settings!;
        if (answer.Codes is { } codes)
        {
            new SubAckPacket { PacketId = answer.PacketId, Codes = codes }.Write(_output, settings.Version, answer.Type);
        }
        else if (settings.Version != MqttProtocolVersion.V5 || answer.Reason == MqttReasonCode.Success)
        {
            new AckPacket(answer.PacketId, MqttReasonCode.Success).Write(_output, settings.Version, answer.Type);
        }
        else
        {
            // 3.1.2-29: without Request Problem Information only the code.
            var why = settings.WantsReasons && connection.MaxPacketBytes > MaxReasonBytes && answer.Why != Refusal.None ? answer.Why.Name() : "";
            var properties = ReasonString(why, settings.Version, stackalloc byte[MaxReasonBytes]);
            new AckPacket(answer.PacketId, answer.Reason).Write(_output, settings.Version, answer.Type, properties);
        }
    }

    private bool WriteMessages()
    {
        var outbox = connection.Welcome!.Session.Outbox;
        var nowUs = connection.NowUs;
        while (_output.Bytes < BatchBytes)
        {
            _batch ??= new OutboundItem[BatchMessages];
            var taken = outbox.Take(connection, nowUs, _answered, _batch);
            foreach (ref readonly var item in _batch.AsSpan(0, taken))
            {
                Write(item, nowUs);
            }

            // Let go of the messages: a quiet client must not hold the last ones in memory.
            _batch.AsSpan(0, taken).Clear();
            if (taken < BatchMessages)
            {
                return false;
            }
        }

        return true;
    }

    private void Write(in OutboundItem item, long nowUs)
    {
        var settings = connection.Settings!;
        if (item.IsRelease)
        {
            new AckPacket(item.PacketId, MqttReasonCode.Success).Write(_output, settings.Version, MqttPacketType.PubRel);
            return;
        }

        _messages++;
        var topic = item.Message.Topic.Utf8;
        _own.ResetWrittenCount();
        if (settings.Version == MqttProtocolVersion.V5)
        {
            if (settings.TopicAliasMaximum > 0)
            {
                _aliases ??= new OutboundAliases(Math.Min(settings.TopicAliasMaximum, options.MaxTopicAliasesToClient));
                topic = WriteAlias(item.Message.Topic) ? default : topic;
            }

            _own.Write(item.Identifiers);
        }

        new PublishPacket
        {
            Qos = item.Qos,
            Retain = item.Retain,
            Duplicate = item.Duplicate,
            PacketId = item.PacketId,
            Topic = topic,
            OwnProperties = _own.WrittenSpan,
            Properties = item.Message.Properties,
            RemainingExpirySeconds = item.Message.RemainingSeconds(nowUs),
            Payload = item.Message.Payload,
        }.Write(_output, settings.Version);
    }

    /// <returns>True when the alias says it all.</returns>
    private bool WriteAlias(Topic topic)
    {
        var alias = _aliases!.Of(topic, out var isKnown);
        if (alias == 0)
        {
            return false;
        }

        var properties = new MqttPropertyWriter(_own.GetSpan(3));
        properties.UInt16(MqttPropertyId.TopicAlias, alias);
        _own.Advance(properties.Block.Length);
        return isKnown;
    }
}
