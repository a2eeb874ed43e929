using FieldNet.Telemetry.Records;

namespace FieldNet.Edge.Cuts;

/// <summary>Gives each record of a cut made-up names; numbers, times and flags stay.</summary>
/// <remarks>What only the broker needs (subscriptions, deliveries) is left out: its bodies are full of names.</remarks>
internal sealed class PseudonymousRecords
{
    private readonly Pseudonyms _pseudonyms = new();
    private readonly PseudonymousTopics _topics;
    private readonly PseudonymousPayloads _payloads;

    public PseudonymousRecords()
    {
        _topics = new PseudonymousTopics(_pseudonyms);
        _payloads = new PseudonymousPayloads(_pseudonyms, _topics);
    }

    public static bool Keeps(in LogRecord record) => record.Kind is not
        (RecordKind.Subscribe or RecordKind.Unsubscribe or RecordKind.Release or RecordKind.Delivered or RecordKind.Redelivered);

    public LogRecord Of(LogRecord record)
    {
        var isMessage = record.Kind is RecordKind.Publish or RecordKind.Will;
        return new LogRecord
        {
            Number = record.Number,
            LogTimeUs = record.LogTimeUs,
            ReceiveTimeUs = record.ReceiveTimeUs,
            Kind = record.Kind,
            Qos = record.Qos,
            Retain = record.Retain,
            Duplicate = record.Duplicate,
            PacketId = record.PacketId,
            Connection = record.Connection,
            Client = _pseudonyms.Of("client", record.Client),
            Topic = _topics.Of(record.Topic),
            Properties = PseudonymousPayloads.OfProperties(record.Properties),
            Payload = isMessage ? _payloads.OfMessage(record.Topic, record.Properties, record.Payload) : _payloads.OfAgent(record.Payload),
        };
    }
}
