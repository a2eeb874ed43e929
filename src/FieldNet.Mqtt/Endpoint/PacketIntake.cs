using System.Buffers;
using FieldNet.Mqtt.Broker;
using FieldNet.Mqtt.Packets;
using FieldNet.Telemetry.Ingress;
using FieldNet.Telemetry.Records;

namespace FieldNet.Mqtt.Endpoint;

/// <summary>Takes what a client sent, packet by packet, to the sequencer.</summary>
/// <remarks>
/// Threading: the connection's read side.
/// Shape: a packet that finds no room stays in the buffer and is read again; nothing is taken twice.
/// Source: MQTT 5.0 and 3.1.1 chapters 3 and 4.
/// </remarks>
internal sealed class PacketIntake(MqttConnection connection, MqttEndpointOptions options)
{
    private PublishIntake? _publishes;
    private byte[]? _connectPayload;

    /// <summary>The connection's own; null until CONNECT has been accepted.</summary>
    public IIngressLane? Lane { get; private set; }

    /// <summary>CONNECT has its record to be, so Close needs one too.</summary>
    public bool IsPosted { get; private set; }

    /// <summary>Counts since the last call, for the metrics.</summary>
    public (int Packets, int Messages) Counted { get; set; }

    /// <summary>Time has passed: the client may send again.</summary>
    public void Refill(long nowUs) => _publishes?.Refill(nowUs);

    /// <summary>Takes every whole packet; the buffer is advanced past those taken.</summary>
    public IntakeStep Process(ref ReadOnlySequence<byte> buffer, long receiveTimeUs)
    {
        while (connection.End is null)
        {
            var rest = buffer;
            switch (MqttFramer.TryReadFrame(ref rest, options.MaxPacketBytes, out var header, out var body))
            {
                case FrameStatus.Incomplete:
                    return IntakeStep.ReadMore;
                case FrameStatus.Malformed:
                    return connection.Fault(MqttReasonCode.MalformedPacket, "packet length is not a valid variable byte integer");
                case FrameStatus.TooLarge:
                    return connection.Fault(MqttReasonCode.PacketTooLarge, "packet length over the limit");
            }

            var step = Take(header, body, receiveTimeUs);
            if (step is not (IntakeStep.Taken or IntakeStep.Ended))
            {
                return step;
            }

            buffer = rest;
            Counted = (Counted.Packets + 1, Counted.Messages + (MqttFixedHeader.Type(header) == MqttPacketType.Publish ? 1 : 0));
        }

        return IntakeStep.Ended;
    }

    private IntakeStep Take(byte header, in ReadOnlySequence<byte> body, long receiveTimeUs)
    {
        if (body.IsSingleSegment)
        {
            return Take(header, body.FirstSpan, receiveTimeUs);
        }

        var length = (int)body.Length;
        var joined = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            body.CopyTo(joined);
            return Take(header, joined.AsSpan(0, length), receiveTimeUs);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(joined);
        }
    }

    private IntakeStep Take(byte header, ReadOnlySpan<byte> body, long receiveTimeUs)
    {
        var type = MqttFixedHeader.Type(header);
        if (connection.Settings is not { } settings || !IsPosted)
        {
            return type == MqttPacketType.Connect && MqttFixedHeader.IsValid(header, MqttProtocolVersion.V5)
                ? Connect(body, receiveTimeUs)
                : connection.Fault(MqttReasonCode.ProtocolError, "the first packet is not CONNECT");
        }

        if (!MqttFixedHeader.IsValid(header, settings.Version))
        {
            return connection.Fault(MqttReasonCode.MalformedPacket, "reserved packet type or flags");
        }

        return type switch
        {
            MqttPacketType.Publish => _publishes!.Take(header, body, settings.Version, receiveTimeUs),
            MqttPacketType.PubAck or MqttPacketType.PubRec or MqttPacketType.PubComp => Delivered(type, body, settings, receiveTimeUs),
            MqttPacketType.PubRel => Release(body, settings.Version, receiveTimeUs),
            MqttPacketType.Subscribe => Subscribe(body, settings, receiveTimeUs),
            MqttPacketType.Unsubscribe => Unsubscribe(body, settings, receiveTimeUs),
            MqttPacketType.PingReq => Ping(body),
            MqttPacketType.Disconnect => Disconnect(body, settings),
            _ => connection.Fault(MqttReasonCode.ProtocolError, "a packet that this client may not send now"),
        };
    }

    private IntakeStep Connect(ReadOnlySpan<byte> body, long receiveTimeUs)
    {
        if (connection.Settings is null)
        {
            var fault = ConnectPacket.Read(body, out var packet);
            ConnectSettings? settings = null;
            if (fault == MqttReasonCode.Success)
            {
                fault = connection.Judge(packet, out settings);
            }

            if (fault != MqttReasonCode.Success || settings is null)
            {
                return connection.RefuseConnect(
                    fault,
                    packet.Version,
                    ConnectFaults.Describe(fault),
                    MqttPropertyRules.NumberOr(packet.Properties, MqttPropertyId.MaximumPacketSize, uint.MaxValue));
            }

            // As JSON it may be several times the packet, and larger than a lane takes.
            _connectPayload = settings.ToNote().ToJson();
            if (_connectPayload.Length > options.MaxPacketBytes)
            {
                return connection.RefuseConnect(MqttReasonCode.PacketTooLarge, settings.Version, "what is to be recorded of the packet is over the limit", settings.MaxPacketBytes);
            }

            Lane = connection.Open(settings);
            _publishes = new PublishIntake(connection, options, Lane);
        }

        var arrival = new Arrival { Kind = RecordKind.Connect, ReceiveTimeUs = receiveTimeUs, Payload = _connectPayload };
        IsPosted = Lane!.TryPost(arrival);
        if (!IsPosted)
        {
            return IntakeStep.LaneFull;
        }

        // The Will is the session's now, which counts it: a connection keeps no second copy.
        _connectPayload = null;
        connection.Settings!.Will = null;
        return IntakeStep.Taken;
    }

    private IntakeStep Release(ReadOnlySpan<byte> body, MqttProtocolVersion version, long receiveTimeUs)
    {
        var fault = AckPacket.Read(body, version, out var packet, MqttPacketType.PubRel);
        return fault == MqttReasonCode.Success
            ? PostAnswered(RecordKind.Release, packet.PacketId, default, default, awaited: true, receiveTimeUs)
            : connection.Fault(fault, "PUBREL");
    }

    private IntakeStep Subscribe(ReadOnlySpan<byte> body, ConnectSettings settings, long receiveTimeUs)
    {
        var fault = SubscribePacket.Read(body, settings.Version, out var packet);
        return fault == MqttReasonCode.Success
            ? PostAnswered(RecordKind.Subscribe, packet.PacketId, body, connection.JudgeFilters(packet), settings.IsSessionLasting, receiveTimeUs)
            : connection.Fault(fault, "SUBSCRIBE");
    }

    private IntakeStep Unsubscribe(ReadOnlySpan<byte> body, ConnectSettings settings, long receiveTimeUs)
    {
        var fault = UnsubscribePacket.Read(body, settings.Version, out var packet);
        return fault == MqttReasonCode.Success
            ? PostAnswered(RecordKind.Unsubscribe, packet.PacketId, body, default, settings.IsSessionLasting, receiveTimeUs)
            : connection.Fault(fault, "UNSUBSCRIBE");
    }

    private IntakeStep PostAnswered(
        RecordKind kind, ushort packetId, ReadOnlySpan<byte> body, ReadOnlySpan<byte> properties, bool awaited, long receiveTimeUs)
    {
        if (kind == RecordKind.Release)
        {
            if (connection.Welcome is null)
            {
                return IntakeStep.NotWelcomed;
            }

            if (connection.Answers.AreReleasesFull)
            {
                return IntakeStep.AnswersFull;
            }
        }
        else if (connection.Answers.AreSubscribesFull)
        {
            return IntakeStep.AnswersFull;
        }

        connection.Answers.Owe(kind);
        var isPosted = Lane!.TryPost(new Arrival
        {
            Kind = kind,
            PacketId = packetId,
            ReceiveTimeUs = receiveTimeUs,
            Properties = properties,
            Payload = body,
            Awaited = awaited,
        });
        if (!isPosted)
        {
            connection.Answers.Waive(kind);
        }

        return isPosted ? IntakeStep.Taken : IntakeStep.LaneFull;
    }

    /// <summary>An answer to a message that we sent. A lasting session's is a record, so that nothing delivered is sent again after a crash.</summary>
    private IntakeStep Delivered(MqttPacketType type, ReadOnlySpan<byte> body, ConnectSettings settings, long receiveTimeUs)
    {
        var fault = AckPacket.Read(body, settings.Version, out var packet, type);
        if (fault != MqttReasonCode.Success)
        {
            return connection.Fault(fault, "an acknowledgement");
        }

        var outbox = connection.Welcome?.Session.Outbox;
        var fit = outbox?.Judge(type, packet.PacketId) ?? AnswerFit.Unknown;
        if (fit == AnswerFit.Wrong)
        {
            return connection.Fault(MqttReasonCode.ProtocolError, "an acknowledgement of the wrong kind");
        }

        if (outbox is null || fit == AnswerFit.Unknown)
        {
            // No fault: it may be of before a take-over (4.4). Who waits for a release would wait for ever.
            connection.ReleaseStray(type, packet.PacketId);
            return IntakeStep.Taken;
        }

        var isRefused = packet.Reason >= MqttReasonCode.UnspecifiedError;
        if (!settings.IsSessionLasting)
        {
            outbox.Answer(type, packet.PacketId, isRefused, number: 0);
            return IntakeStep.Taken;
        }

        var isPosted = Lane!.TryPost(new Arrival
        {
            Kind = RecordKind.Delivered,
            PacketId = packet.PacketId,
            ReceiveTimeUs = receiveTimeUs,
            Payload = [(byte)(((int)type << 4) | (type == MqttPacketType.PubRec && isRefused ? 8 : 0))],
            Awaited = type == MqttPacketType.PubRec,
        });
        return isPosted ? IntakeStep.Taken : IntakeStep.LaneFull;
    }

    private IntakeStep Ping(ReadOnlySpan<byte> body)
    {
        if (!body.IsEmpty)
        {
            return connection.Fault(MqttReasonCode.MalformedPacket, "PINGREQ with a body");
        }

        connection.Pong();
        return IntakeStep.Taken;
    }

    private IntakeStep Disconnect(ReadOnlySpan<byte> body, ConnectSettings settings)
    {
        var fault = DisconnectPacket.Read(body, settings.Version, out var packet);
        // 3.14.2.2.2: a session that was to end with the connection can't be prolonged by DISCONNECT.
        if (fault == MqttReasonCode.Success && packet.SessionExpirySeconds > 0 && !settings.IsSessionLasting)
        {
            fault = MqttReasonCode.ProtocolError;
        }

        if (fault != MqttReasonCode.Success)
        {
            return connection.Fault(fault, "DISCONNECT");
        }

        uint? expiry = packet.SessionExpirySeconds is { } seconds ? Math.Min(seconds, (uint)options.MaxSessionExpiry.TotalSeconds) : null;
        // 3.14.4-3: the Will is waived by a normal good-bye only.
        return connection.EndWith(ConnectionEnd.Disconnected(withWill: packet.Reason != MqttReasonCode.Success, expiry));
    }
}
