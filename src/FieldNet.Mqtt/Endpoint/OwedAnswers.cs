using FieldNet.Mqtt.Packets;
using FieldNet.Telemetry;
using FieldNet.Telemetry.Ingress;
using FieldNet.Telemetry.Records;

namespace FieldNet.Mqtt.Endpoint;

/// <summary>The acknowledgements that a client waits for: in the order of arrival, and none before its record's commit.</summary>
/// <remarks>
/// Threading: owed by the read loop, filled in by the sequencer thread, taken and paid by the write loop.
/// Loss: none. The read loop stops at the limits, so there is always room for what is owed.
/// </remarks>
/// <param name="options">The limits.</param>
/// <param name="mark">How far the log is committed.</param>
/// <param name="payable">Called when an answer may go.</param>
/// <param name="paid">Called when something was paid: reading that stopped for it may go on.</param>
internal sealed class OwedAnswers(MqttEndpointOptions options, ICommitMark mark, Action payable, Action paid)
{
    private readonly AcknowledgementRing _ring = new(options.ReceiveMaximum + options.MaxPendingSubscribes);
    private int _pubAcks;
    private int _subAcks;

    /// <summary>The client has sent as many QoS 1 messages as our Receive Maximum allows.</summary>
    public bool IsWindowFull => Volatile.Read(ref _pubAcks) >= options.ReceiveMaximum;

    /// <summary>One of the limits stops the reading.</summary>
    public bool IsFull => IsWindowFull || AreSubscribesFull;

    public bool AreSubscribesFull => Volatile.Read(ref _subAcks) >= options.MaxPendingSubscribes;

    /// <summary>A packet of that kind is about to be posted.</summary>
    public void Owe(RecordKind kind) => Interlocked.Increment(ref Debt(kind));

    /// <summary>It was answered, or not posted after all.</summary>
    public void Pay(RecordKind kind, int count = 1)
    {
        if (count > 0)
        {
            Interlocked.Add(ref Debt(kind), -count);
            paid();
        }
    }

    /// <summary>The record has its number: its answer waits for the commit from now on.</summary>
    /// <param name="record">A PUBLISH at QoS 1, SUBSCRIBE or UNSUBSCRIBE.</param>
    /// <param name="lane">Of the record.</param>
    /// <param name="settings">Of the client.</param>
    /// <param name="refusal">Why the record changes nothing; MQTT 5 says so.</param>
    /// <param name="codes">For SUBACK and UNSUBACK; null when the broker had none to give.</param>
    public void Sequenced(in LogRecord record, LogLane lane, ConnectSettings settings, Refusal refusal, byte[]? codes)
    {
        if (record.Kind == RecordKind.Publish)
        {
            var reason = settings.Version == MqttProtocolVersion.V5 ? refusal.ToPubAck() : MqttReasonCode.Success;
            Add(new Acknowledgement(record.Number, lane, MqttPacketType.PubAck, record.PacketId, reason, null));
            return;
        }

        // The broker answers nobody who has been refused or taken over meanwhile.
        if (codes is null)
        {
            return;
        }

        var type = record.Kind == RecordKind.Subscribe ? MqttPacketType.SubAck : MqttPacketType.UnsubAck;
        // Only a session that outlives the connection makes a promise that a crash could break.
        var number = settings.SessionExpirySeconds > 0 ? record.Number : 0;
        Add(new Acknowledgement(number, lane, type, record.PacketId, MqttReasonCode.Success, codes));
    }

    /// <summary>Takes the oldest answer, if its record is committed.</summary>
    public bool TryTake(out Acknowledgement answer)
    {
        if (!_ring.TryPeek(out answer) || answer.Number > mark.CommittedThrough(answer.Lane))
        {
            return false;
        }

        _ring.Take();
        return true;
    }

    private void Add(in Acknowledgement answer)
    {
        _ring.Add(answer);
        // The commit may have come, and told, before the answer was in the ring: the fence makes one of us see the other.
        Interlocked.MemoryBarrier();
        if (answer.Number <= mark.CommittedThrough(answer.Lane))
        {
            payable();
        }
    }

    private ref int Debt(RecordKind kind) => ref kind == RecordKind.Publish ? ref _pubAcks : ref _subAcks;
}
