using System.Buffers;
using FieldNet.Mqtt.Packets;
using FieldNet.Telemetry.Ingress;
using FieldNet.Telemetry.Records;

namespace FieldNet.Mqtt.Endpoint;

/// <summary>Takes what a client sent, packet by packet, to the sequencer.</summary>
/// <remarks>
/// Threading: the connection's read loop.
/// Shape: a packet that finds no room stays in the buffer and is read again; nothing is taken twice.
/// Source: MQTT 5.0 and 3.1.1 chapters 3 and 4.
/// </remarks>
internal sealed class PacketIntake(MqttConnection connection, MqttEndpointOptions options)
{
    private byte[]? _connectPayload;

    /// <summary>The connection's own; null until CONNECT has been accepted.</summary>
    public IIngressLane? Lane { get; private set; }

    /// <summary>CONNECT has its record to be, so Close needs one too.</summary>
    public bool IsPosted { get; private set; }

    /// <summary>Counts since the last call, for the metrics.</summary>
    public (int Packets, int Messages) Counted { get; set; }

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
            if (step is IntakeStep.LaneFull or IntakeStep.AnswersFull)
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
            MqttPacketType.Publish => Publish(header, body, settings.Version, receiveTimeUs),
            MqttPacketType.PubAck => PubAck(body, settings.Version),
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
                fault = ConnectSettings.From(packet, options, out settings);
            }

            if (settings is null)
            {
                return connection.RefuseConnect(fault, packet.Version);
            }

            Lane = connection.Open(settings);
            _connectPayload = ConnectionJson.Connect(settings, connection.Address);
        }

        var arrival = new Arrival { Kind = RecordKind.Connect, ReceiveTimeUs = receiveTimeUs, Payload = _connectPayload };
        IsPosted = Lane!.TryPost(arrival);
        return IsPosted ? IntakeStep.Taken : IntakeStep.LaneFull;
    }

    private IntakeStep Publish(byte header, ReadOnlySpan<byte> body, MqttProtocolVersion version, long receiveTimeUs)
    {
        var fault = PublishPacket.Read(header, body, version, MqttPropertyRules.PublishToServer, out var packet);
        if (fault != MqttReasonCode.Success)
        {
            return connection.Fault(fault, "PUBLISH");
        }

        if (packet.Qos == 2)
        {
            return connection.Fault(MqttReasonCode.QosNotSupported, "PUBLISH at QoS 2");
        }

        // Our Topic Alias Maximum is 0.
        if (!packet.Properties.IsEmpty && MqttPropertyRules.TryFind(packet.Properties, MqttPropertyId.TopicAlias, out _))
        {
            return connection.Fault(MqttReasonCode.TopicAliasInvalid, "PUBLISH with a topic alias");
        }

        if (packet.Qos == 1 && connection.Answers.IsWindowFull)
        {
            return version == MqttProtocolVersion.V5
                ? connection.Fault(MqttReasonCode.ReceiveMaximumExceeded, "more QoS 1 messages unacknowledged than our Receive Maximum")
                : IntakeStep.AnswersFull;
        }

        if (packet.Qos == 1)
        {
            // Counted before it is posted: the answer may be on its way before the post returns.
            connection.Answers.Owe(RecordKind.Publish);
        }

        var isPosted = Lane!.TryPost(new Arrival
        {
            Kind = RecordKind.Publish,
            Qos = packet.Qos,
            Retain = packet.Retain,
            Duplicate = packet.Duplicate,
            PacketId = packet.PacketId,
            ReceiveTimeUs = receiveTimeUs,
            Topic = packet.Topic,
            Properties = packet.Properties,
            Payload = packet.Payload,
            Awaited = packet.Qos > 0,
        });
        if (isPosted)
        {
            return IntakeStep.Taken;
        }

        if (packet.Qos == 1)
        {
            connection.Answers.Pay(RecordKind.Publish);
        }

        return IntakeStep.LaneFull;
    }

    private IntakeStep Subscribe(ReadOnlySpan<byte> body, ConnectSettings settings, long receiveTimeUs)
    {
        var fault = SubscribePacket.Read(body, settings.Version, out var packet);
        if (fault == MqttReasonCode.Success
            && MqttPropertyRules.TryFind(packet.Properties, MqttPropertyId.SubscriptionIdentifier, out _))
        {
            fault = MqttReasonCode.SubscriptionIdentifiersNotSupported;
        }

        return fault == MqttReasonCode.Success
            ? PostAnswered(RecordKind.Subscribe, packet.PacketId, body, settings, receiveTimeUs)
            : connection.Fault(fault, "SUBSCRIBE");
    }

    private IntakeStep Unsubscribe(ReadOnlySpan<byte> body, ConnectSettings settings, long receiveTimeUs)
    {
        var fault = UnsubscribePacket.Read(body, settings.Version, out var packet);
        return fault == MqttReasonCode.Success
            ? PostAnswered(RecordKind.Unsubscribe, packet.PacketId, body, settings, receiveTimeUs)
            : connection.Fault(fault, "UNSUBSCRIBE");
    }

    private IntakeStep PostAnswered(
        RecordKind kind, ushort packetId, ReadOnlySpan<byte> body, ConnectSettings settings, long receiveTimeUs)
    {
        if (connection.Answers.AreSubscribesFull)
        {
            return IntakeStep.AnswersFull;
        }

        connection.Answers.Owe(kind);
        var isPosted = Lane!.TryPost(new Arrival
        {
            Kind = kind,
            PacketId = packetId,
            ReceiveTimeUs = receiveTimeUs,
            Payload = body,
            Awaited = settings.SessionExpirySeconds > 0,
        });
        if (!isPosted)
        {
            connection.Answers.Pay(kind);
        }

        return isPosted ? IntakeStep.Taken : IntakeStep.LaneFull;
    }

    private IntakeStep PubAck(ReadOnlySpan<byte> body, MqttProtocolVersion version)
    {
        var fault = AckPacket.Read(body, version, out var packet);
        if (fault != MqttReasonCode.Success)
        {
            return connection.Fault(fault, "PUBACK");
        }

        connection.Acknowledge(packet.PacketId);
        return IntakeStep.Taken;
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
        if (fault == MqttReasonCode.Success && packet.SessionExpirySeconds > 0 && settings.SessionExpirySeconds == 0)
        {
            fault = MqttReasonCode.ProtocolError;
        }

        if (fault != MqttReasonCode.Success)
        {
            return connection.Fault(fault, "DISCONNECT");
        }

        settings.SessionExpirySeconds = packet.SessionExpirySeconds ?? settings.SessionExpirySeconds;
        if (packet.Reason == MqttReasonCode.Success)
        {
            // 3.14.4-3: the Will is waived.
            settings.TakeWill();
        }

        return connection.EndWith(packet.Reason == MqttReasonCode.Success ? ConnectionEnd.Disconnected : ConnectionEnd.DisconnectedWithWill);
    }
}
