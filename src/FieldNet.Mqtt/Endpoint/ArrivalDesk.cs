using FieldNet.Mqtt.Broker;
using FieldNet.Mqtt.Packets;
using FieldNet.Telemetry;
using FieldNet.Telemetry.Ingress;
using FieldNet.Telemetry.Records;
using FieldNet.Telemetry.Topics;

namespace FieldNet.Mqtt.Endpoint;

/// <summary>What becomes of one connection's arrivals: which become records, and what the client is answered.</summary>
/// <remarks>
/// Threading: the sequencer thread, but <see cref="Committed"/> the commit thread.
/// Source: MQTT 5.0 sections 3.3.5, 3.4.2.1, 3.6.2.1 and 4.3.
/// </remarks>
internal sealed class ArrivalDesk(MqttConnection connection, MqttEndpoint endpoint) : IArrivalOwner
{
    private PublishPermits? _permits;
    private MqttSession? _session;
    private bool _isRejected;
    private int _answers;

    public OwedAnswers Answers => connection.Answers;

    private bool IsV5 => connection.Settings is { Version: MqttProtocolVersion.V5 };

    /// <summary>CONNECT was read: the policy knows whom to judge.</summary>
    public void Know(MqttIdentity client) =>
        _permits = endpoint.Policy is OpenMqttPolicy ? null : new PublishPermits(endpoint.Policy, client);

    /// <summary>The broker let the client in.</summary>
    public void Accept(MqttSession session) => _session = session;

    /// <summary>It did not: whatever else comes is void.</summary>
    public void Reject() => _isRejected = true;

    /// <inheritdoc cref="IMqttPeer.Answer"/>
    public int Answer(in LogRecord record, byte[] codes)
    {
        var type = record.Kind == RecordKind.Subscribe ? MqttPacketType.SubAck : MqttPacketType.UnsubAck;
        // Only a session that outlives the connection makes a promise that a crash could break.
        var number = connection.Settings!.IsSessionLasting ? record.Number : 0;
        Answers.Add(new Acknowledgement(number, record.Lane, type, record.PacketId, Codes: codes));
        return ++_answers;
    }

    /// <inheritdoc/>
    public bool Admits(in Arrival arrival)
    {
        if (arrival.Kind is RecordKind.Connect or RecordKind.Close)
        {
            return true;
        }

        // Whoever was not let in has no say; and what a connection that was taken over still had to say about QoS 2 belongs to the next one.
        var isCurrent = !_isRejected && _session?.Connection == connection.Connection;
        return arrival.Kind switch
        {
            RecordKind.Publish => !_isRejected && MayPublish(arrival) && (arrival.Qos < 2 || (isCurrent && IsNew(arrival))),
            RecordKind.Release => isCurrent && IsHeld(arrival.PacketId),
            _ => isCurrent,
        };
    }

    /// <inheritdoc/>
    public void Sequenced(in LogRecord record, LogLane lane, Refusal refusal)
    {
        switch (record.Kind)
        {
            case RecordKind.Publish when record.Qos == 1:
                Answers.Add(new Acknowledgement(record.Number, lane, MqttPacketType.PubAck, record.PacketId, ReasonOf(record, refusal), refusal, MayRefuse: IsV5));
                break;
            case RecordKind.Publish when record.Qos == 2:
                // Whatever was refused of its content: the exchange goes on, and the log says why.
                Answers.Add(new Acknowledgement(record.Number, lane, MqttPacketType.PubRec, record.PacketId, Holds: true));
                break;
            case RecordKind.Release:
                Answers.Add(new Acknowledgement(record.Number, lane, MqttPacketType.PubComp, record.PacketId));
                break;
        }
    }

    /// <summary>Before MQTT 5 a PUBACK could only be a yes: such a sender waits.</summary>
    /// <inheritdoc/>
    public bool MayShed(in Arrival arrival) => IsV5;

    /// <inheritdoc/>
    public void Shed(in LogRecord record, Refusal why) =>
        Answers.Add(new Acknowledgement(0, LogLane.Facts, MqttPacketType.PubAck, record.PacketId, why.ToPubAck(), why));

    /// <inheritdoc/>
    public void Committed() => connection.WakeWriter();

    /// <summary>The ward itself takes what is a device's; what is not, and that nobody subscribed to, the publisher is told of.</summary>
    private MqttReasonCode ReasonOf(in LogRecord record, Refusal refusal) =>
        refusal == Refusal.None && record.Topic.Scope != TopicScope.Device && !endpoint.Broker.HadReceivers
            ? MqttReasonCode.NoMatchingSubscribers
            : refusal.ToPubAck();

    /// <summary>The policy lets the client publish there; otherwise it is answered (3.3.5-2).</summary>
    private bool MayPublish(in Arrival arrival)
    {
        // 4.7.2: topics that begin with $ are the server's own.
        if (arrival.Topic is not [(byte)'$', ..] && (_permits is null || _permits.MayPublish(arrival.Topic)))
        {
            return true;
        }

        endpoint.Ingress.Refuse(
            Refusal.NotAuthorized, connection.Connection, connection.Settings!.ClientId, connection.Address, "PUBLISH on a topic that is not the client's");
        if (arrival.Qos > 0)
        {
            var type = arrival.Qos == 1 ? MqttPacketType.PubAck : MqttPacketType.PubRec;
            Answers.Add(new Acknowledgement(0, LogLane.Facts, type, arrival.PacketId, MqttReasonCode.NotAuthorized, Refusal.NotAuthorized));
        }

        return false;
    }

    /// <summary>A QoS 2 message that has its record already is answered again, behind that one's commit.</summary>
    private bool IsNew(in Arrival arrival)
    {
        var held = _session!.Held;
        if (!held.TryGetValue(arrival.PacketId, out var earlier))
        {
            if (held.Count < endpoint.Options.MaxHeldPublishes)
            {
                return true;
            }

            connection.Fault(MqttReasonCode.QuotaExceeded, "more QoS 2 messages not released than the limit");
            return false;
        }

        held[arrival.PacketId] = earlier with { Connection = connection.Connection };
        var holds = earlier.Connection != connection.Connection;
        Answers.Add(new Acknowledgement(earlier.Number, earlier.Lane, MqttPacketType.PubRec, arrival.PacketId, Holds: holds));
        endpoint.Mark.Await(earlier.Lane, this);
        return false;
    }

    /// <summary>The release of what is not held is answered too: the client may not know that it was done before.</summary>
    private bool IsHeld(ushort packetId)
    {
        var isHeld = _session!.Held.ContainsKey(packetId);
        if (!isHeld)
        {
            // Its release may not be durable yet: answered too soon, a crash would bring the identifier back, and a new message that
            // the client sends under it would be thrown away as a copy.
            Answers.Add(new Acknowledgement(_session.ReleasedThrough, LogLane.Facts, MqttPacketType.PubComp, packetId, MqttReasonCode.PacketIdentifierNotFound));
            endpoint.Mark.Await(LogLane.Facts, this);
        }

        return isHeld;
    }
}
