using System.Diagnostics;
using FieldNet.Mqtt.Client;
using FieldNet.Mqtt.Packets;
using FieldNet.Telemetry;
using FieldNet.Telemetry.Ingress;
using FieldNet.Telemetry.Records;

namespace FieldNet.Edge.ExternalBroker;

/// <summary>One connection to the broker: its messages become records, and are acknowledged to the broker once those are committed.</summary>
/// <remarks>
/// Threading: the client's read loop posts; the sequencer thread notes what must be answered; the commit thread answers, in the order
/// of arrival. Full policy: when the ring has no room the client stops reading its socket.
/// </remarks>
internal sealed class BrokerConnection(
    BrokerLinkOptions options, IIngress ingress, ICommitMark mark, ReceivedMessages received, BrokerCounts counts) : IMqttReceiver, IArrivalOwner
{
    private readonly Lock _gate = new();
    private readonly Queue<(long Number, LogLane Lane, ushort PacketId)> _unanswered = new();
    private readonly long _connection = ingress.NextConnection();
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IIngressLane? _lane;
    private MqttClient? _client;
    private long _receivedUs;

    /// <summary>It has written a record that its end must follow.</summary>
    public bool IsOpen => _lane is not null;

    /// <inheritdoc/>
    public void Connected(MqttClient client)
    {
        counts.Connected();
        _client = client;
        // With the time of the read: messages of that same read are news of the new link, not of before.
        if (!TryPost(RecordKind.Connect, BrokerJson.Connect(options.Server, client), _receivedUs))
        {
            throw new UnreachableException("A ring that is new has room.");
        }
    }

    /// <inheritdoc/>
    public void BytesCame() => _receivedUs = ingress.Clock.NowUs;

    /// <inheritdoc/>
    public bool TryTake(in PublishPacket message)
    {
        if (message.Topic.Length + message.Properties.Length + message.Payload.Length > options.MaxMessageBytes)
        {
            ingress.Refuse(Refusal.PacketTooLarge, _connection, options.ClientId, options.Server.ToString(), "a message of the broker");
            // The broker would send it again for ever.
            _ = message.Qos > 0 && _client!.Acknowledge(message.PacketId);
            return true;
        }

        var isTaken = _lane!.TryPost(new Arrival
        {
            Kind = RecordKind.Publish,
            Qos = message.Qos,
            Retain = message.Retain,
            Duplicate = message.Duplicate,
            PacketId = message.PacketId,
            ReceiveTimeUs = _receivedUs,
            Topic = message.Topic,
            Properties = message.Properties,
            Payload = message.Payload,
            Awaited = message.Qos > 0,
        });
        counts.Received(isTaken ? 1 : 0);
        return isTaken;
    }

    /// <inheritdoc/>
    public ValueTask WaitForRoomAsync(CancellationToken cancellationToken) => _lane!.WaitForRoomAsync(cancellationToken);

    /// <inheritdoc/>
    public bool Admits(in Arrival arrival)
    {
        if (arrival.Kind != RecordKind.Publish || !received.IsSecondCopy(arrival, out var number, out var lane))
        {
            return true;
        }

        counts.SecondCopy();
        Owe(number, lane, arrival.PacketId);
        mark.Await(lane, this);
        Answer();
        return false;
    }

    /// <inheritdoc/>
    public void Sequenced(in LogRecord record, LogLane lane, Refusal refusal)
    {
        if (record.Kind == RecordKind.Publish && record.PacketId > 0)
        {
            received.Sequenced(record, lane);
            Owe(record.Number, lane, record.PacketId);
        }
        else if (record.Kind == RecordKind.Close)
        {
            _closed.TrySetResult();
        }
    }

    /// <inheritdoc/>
    public void Committed() => Answer();

    /// <summary>Writes the record of the link's end, also where there was no connection at all.</summary>
    /// <returns>When that record and all before it have their numbers: what comes on the next connection is behind them, and can be known for a second copy.</returns>
    public async ValueTask CloseAsync(byte[] payload)
    {
        while (!TryPost(RecordKind.Close, payload, ingress.Clock.NowUs))
        {
            await _lane!.WaitForRoomAsync(CancellationToken.None).ConfigureAwait(false);
        }

        _lane!.Dispose();
        await _closed.Task.ConfigureAwait(false);
    }

    private void Owe(long number, LogLane lane, ushort packetId)
    {
        lock (_gate)
        {
            _unanswered.Enqueue((number, lane, packetId));
        }
    }

    private void Answer()
    {
        lock (_gate)
        {
            while (_unanswered.TryPeek(out var next) && next.Number <= mark.CommittedThrough(next.Lane))
            {
                _unanswered.Dequeue();
                // False on a connection that has ended: the broker sends the message again on the next, and gets its answer there.
                counts.Acknowledged(_client!.Acknowledge(next.PacketId) ? 1 : 0);
            }
        }
    }

    private bool TryPost(RecordKind kind, byte[] payload, long receivedUs)
    {
        _lane ??= ingress.OpenLane(_connection, options.ClientId, this);
        return _lane.TryPost(new Arrival { Kind = kind, ReceiveTimeUs = receivedUs, Payload = payload });
    }
}
