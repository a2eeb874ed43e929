using System.Buffers;
using FieldNet.Mqtt.Packets;
using FieldNet.Telemetry.Ingress;
using FieldNet.Telemetry.Records;

namespace FieldNet.Mqtt.Endpoint;

/// <summary>Takes a client's PUBLISH packets to the sequencer: the way of every reading, without garbage for a known topic.</summary>
/// <remarks>Threading: the connection's read side. Source: MQTT 5.0 and 3.1.1 section 3.3, 5.0 section 4.9.</remarks>
internal sealed class PublishIntake(MqttConnection connection, MqttEndpointOptions options, IIngressLane lane)
{
    private const int UsualPropertyBytes = 512;

    private PublishRate _rate = new(options.MaxPublishRate);
    private InboundAliases? _aliases;

    /// <summary>Time has passed: the client may send again.</summary>
    public void Refill(long nowUs) => _rate.Refill(nowUs);

    public IntakeStep Take(byte header, ReadOnlySpan<byte> body, MqttProtocolVersion version, long receiveTimeUs)
    {
        var fault = PublishPacket.Read(header, body, version, MqttPropertyRules.PublishToServer, out var packet);
        if (fault != MqttReasonCode.Success)
        {
            return connection.Fault(fault, "PUBLISH");
        }

        if (!TopicLimits.Allow(packet.Topic, options))
        {
            return connection.Fault(MqttReasonCode.TopicNameInvalid, "PUBLISH on a topic that is too long or too deep");
        }

        if (packet.Qos > 0)
        {
            if (version == MqttProtocolVersion.V5 && connection.Answers.IsWindowFull)
            {
                return connection.Fault(MqttReasonCode.ReceiveMaximumExceeded, "more messages unacknowledged than our Receive Maximum");
            }

            if (connection.Answers.ArePublishesFull)
            {
                return IntakeStep.AnswersFull;
            }

            // Whether it is a second copy is known once the session is.
            if (packet.Qos == 2 && connection.Welcome is null)
            {
                return IntakeStep.NotWelcomed;
            }
        }

        if (!_rate.TryTake())
        {
            return IntakeStep.TooFast;
        }

        return packet.Properties.IsEmpty || !MqttPropertyRules.TryFind(packet.Properties, MqttPropertyId.TopicAlias, out var alias)
            ? PostPublish(packet, packet.Topic, packet.Properties, receiveTimeUs)
            : PublishByAlias(packet, alias.Number, receiveTimeUs);
    }

    /// <summary>Puts the topic in place of its alias, which nobody behind this connection could understand.</summary>
    private IntakeStep PublishByAlias(in PublishPacket packet, uint alias, long receiveTimeUs)
    {
        _aliases ??= new InboundAliases(options.TopicAliasMaximum, options.MaxTopicAliasBytes);
        if (!_aliases.IsAllowed(alias))
        {
            return connection.Fault(MqttReasonCode.TopicAliasInvalid, "PUBLISH with a topic alias over our maximum");
        }

        if (!packet.Topic.IsEmpty && !_aliases.TrySet(alias, packet.Topic))
        {
            return connection.Fault(MqttReasonCode.QuotaExceeded, "topic aliases for more bytes of topics than the limit");
        }

        var topic = _aliases[alias];
        if (topic.IsEmpty)
        {
            return connection.Fault(MqttReasonCode.ProtocolError, "PUBLISH with a topic alias that was never set");
        }

        var rented = packet.Properties.Length > UsualPropertyBytes ? ArrayPool<byte>.Shared.Rent(packet.Properties.Length) : null;
        var rest = rented ?? stackalloc byte[UsualPropertyBytes];
        var length = MqttPropertyRules.CopyOnly(packet.Properties, MqttPropertyRules.Forwarded, rest);
        var step = PostPublish(packet, topic, rest[..length], receiveTimeUs);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return step;
    }

    private IntakeStep PostPublish(in PublishPacket packet, ReadOnlySpan<byte> topic, ReadOnlySpan<byte> properties, long receiveTimeUs)
    {
        if (packet.Qos > 0)
        {
            // Counted before it is posted: the answer may be on its way before the post returns.
            connection.Answers.Owe(RecordKind.Publish);
        }

        var isPosted = lane.TryPost(new Arrival
        {
            Kind = RecordKind.Publish,
            Qos = packet.Qos,
            Retain = packet.Retain,
            Duplicate = packet.Duplicate,
            PacketId = packet.PacketId,
            ReceiveTimeUs = receiveTimeUs,
            Topic = topic,
            Properties = properties,
            Payload = packet.Payload,
            Awaited = packet.Qos > 0,
        });
        if (isPosted)
        {
            return IntakeStep.Taken;
        }

        _rate.GiveBack();
        if (packet.Qos > 0)
        {
            connection.Answers.Waive(RecordKind.Publish);
        }

        return IntakeStep.LaneFull;
    }
}
