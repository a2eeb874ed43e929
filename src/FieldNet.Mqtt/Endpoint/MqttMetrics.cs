using System.Diagnostics.Metrics;
using FieldNet.Mqtt.Broker;

namespace FieldNet.Mqtt.Endpoint;

/// <summary>What the endpoint counts. Refusals are counted by the sequencer, with the records of them.</summary>
/// <remarks>Threading: any thread. Received is from clients, sent is to clients.</remarks>
public sealed class MqttMetrics : IDisposable
{
    public const string MeterName = "FieldNet.Mqtt";

    private static readonly KeyValuePair<string, object?>[] DropTags =
    [
        new("reason", "slow_subscriber"),
        new("reason", "queue_full"),
        new("reason", "too_large_for_subscriber"),
        new("reason", "expired"),
        new("reason", "session_ended"),
    ];

    private static readonly KeyValuePair<string, object?> AnswersTag = new("reason", "unanswered");
    private static readonly KeyValuePair<string, object?> RateTag = new("reason", "publish_rate");
    private static readonly KeyValuePair<string, object?> LogTag = new("reason", "log");

    private readonly Meter _meter;
    private readonly UpDownCounter<int> _connections;
    private readonly Counter<long> _connectionFaults;
    private readonly Counter<long> _receivedBytes;
    private readonly Counter<long> _receivedPackets;
    private readonly Counter<long> _receivedMessages;
    private readonly Counter<long> _sentBytes;
    private readonly Counter<long> _sentMessages;
    private readonly Counter<long> _sentAcknowledgements;
    private readonly Counter<long> _dropped;
    private readonly Counter<long> _notRetained;
    private readonly Counter<long> _paused;
    private MqttTotals _totals;
    public MqttMetrics(IMeterFactory? factory = null)
    {
        _meter = factory?.Create(MeterName) ?? new Meter(MeterName);
        _connections = _meter.CreateUpDownCounter<int>("fieldnet.mqtt.connections", "{connection}", "Open connections.");
        _connectionFaults = _meter.CreateCounter<long>("fieldnet.mqtt.connection_faults", "{connection}", "Connections that a fault of our own ended.");
        _receivedBytes = _meter.CreateCounter<long>("fieldnet.mqtt.received.bytes", "By", "Bytes of whole packets from clients.");
        _receivedPackets = _meter.CreateCounter<long>("fieldnet.mqtt.received.packets", "{packet}", "Packets from clients.");
        _receivedMessages = _meter.CreateCounter<long>("fieldnet.mqtt.received.messages", "{message}", "PUBLISH packets from clients.");
        _sentBytes = _meter.CreateCounter<long>("fieldnet.mqtt.sent.bytes", "By", "Bytes to clients.");
        _sentMessages = _meter.CreateCounter<long>("fieldnet.mqtt.sent.messages", "{message}", "PUBLISH packets to clients.");
        _sentAcknowledgements = _meter.CreateCounter<long>(
            "fieldnet.mqtt.sent.acknowledgements", "{packet}", "PUBACK and PUBREC packets to clients: messages acknowledged.");
        _dropped = _meter.CreateCounter<long>("fieldnet.mqtt.dropped", "{message}", "Messages that a subscriber did not get, by reason.");
        _notRetained = _meter.CreateCounter<long>("fieldnet.mqtt.not_retained", "{message}", "Retained messages not kept: the store is full.");
        _paused = _meter.CreateCounter<long>("fieldnet.mqtt.paused", "{pause}", "Pauses in the reading of a client, by reason.");
        _meter.CreateObservableGauge("fieldnet.mqtt.sessions", () => Volatile.Read(ref _totals.Sessions), "{session}", "Sessions, absent clients' included.");
        _meter.CreateObservableGauge("fieldnet.mqtt.subscriptions", () => Volatile.Read(ref _totals.Subscriptions), "{subscription}", "Subscriptions.");
        _meter.CreateObservableGauge("fieldnet.mqtt.retained", () => Volatile.Read(ref _totals.Retained), "{message}", "Retained messages kept.");
    }

    /// <summary>Messages acknowledged to clients since the start.</summary>
    public long AcknowledgementsSent => Volatile.Read(ref _totals.SentAcknowledgements);

    /// <summary>How often, since the start, a client had to wait because what was taken from others had not gone on.</summary>
    public long LanePauses => Volatile.Read(ref _totals.LanePauses);

    /// <summary>All counts since the start, and what there is now.</summary>
    internal ref readonly MqttTotals Totals => ref _totals;

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    internal void ConnectionOpened()
    {
        _connections.Add(1);
        Interlocked.Increment(ref _totals.Connections);
    }

    internal void ConnectionClosed()
    {
        _connections.Add(-1);
        Interlocked.Decrement(ref _totals.Connections);
    }

    internal void ConnectionFaulted() => _connectionFaults.Add(1);

    internal void Received(long bytes, int packets, int messages)
    {
        _receivedBytes.Add(bytes);
        _receivedPackets.Add(packets);
        Interlocked.Add(ref _totals.ReceivedBytes, bytes);
        Interlocked.Add(ref _totals.ReceivedPackets, packets);
        if (messages > 0)
        {
            _receivedMessages.Add(messages);
            Interlocked.Add(ref _totals.ReceivedMessages, messages);
        }
    }

    internal void Sent(long bytes, int messages, int acknowledgements)
    {
        _sentBytes.Add(bytes);
        Interlocked.Add(ref _totals.SentBytes, bytes);
        if (messages > 0)
        {
            _sentMessages.Add(messages);
            Interlocked.Add(ref _totals.SentMessages, messages);
        }

        if (acknowledgements > 0)
        {
            _sentAcknowledgements.Add(acknowledgements);
            Interlocked.Add(ref _totals.SentAcknowledgements, acknowledgements);
        }
    }

    internal void Dropped(DropReason reason)
    {
        _dropped.Add(1, DropTags[(int)reason]);
        Interlocked.Increment(ref _totals.Dropped);
    }

    internal void NotRetained() => _notRetained.Add(1);

    internal void Paused(IntakeStep step)
    {
        _paused.Add(1, step == IntakeStep.LaneFull ? LogTag : step == IntakeStep.TooFast ? RateTag : AnswersTag);
        if (step == IntakeStep.LaneFull)
        {
            Interlocked.Increment(ref _totals.LanePauses);
        }
    }

    internal void Holdings(int sessions, int subscriptions, int retained)
    {
        Volatile.Write(ref _totals.Sessions, sessions);
        Volatile.Write(ref _totals.Subscriptions, subscriptions);
        Volatile.Write(ref _totals.Retained, retained);
    }
}
