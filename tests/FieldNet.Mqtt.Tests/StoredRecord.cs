using System.Text;
using FieldNet.Telemetry;
using FieldNet.Telemetry.Ingress;
using FieldNet.Telemetry.Records;
using FieldNet.Telemetry.Topics;

namespace FieldNet.Mqtt.Tests;

/// <summary>A record that a test can keep.</summary>
internal sealed record StoredRecord
{
    public long Number { get; init; }

    public long LogTimeUs { get; init; }

    public long ReceiveTimeUs { get; init; }

    public RecordKind Kind { get; init; }

    public byte Qos { get; init; }

    public bool Retain { get; init; }

    public bool Duplicate { get; init; }

    public ushort PacketId { get; init; }

    public long Connection { get; init; }

    public string Client { get; init; } = "";

    public string TopicName { get; init; } = "";

    public Topic Topic { get; init; } = Topic.None;

    public byte[] Properties { get; init; } = [];

    public byte[] Payload { get; init; } = [];

    public bool Awaited { get; init; }

    public Refusal Refusal { get; init; }

    public string Text => Encoding.UTF8.GetString(Payload);

    public static StoredRecord Of(in Arrival arrival) => new()
    {
        ReceiveTimeUs = arrival.ReceiveTimeUs,
        Kind = arrival.Kind,
        Qos = arrival.Qos,
        Retain = arrival.Retain,
        Duplicate = arrival.Duplicate,
        PacketId = arrival.PacketId,
        TopicName = Encoding.UTF8.GetString(arrival.Topic),
        Properties = arrival.Properties.ToArray(),
        Payload = arrival.Payload.ToArray(),
        Awaited = arrival.Awaited,
    };

    public Arrival AsArrival() => new()
    {
        ReceiveTimeUs = ReceiveTimeUs,
        Kind = Kind,
        Qos = Qos,
        Retain = Retain,
        Duplicate = Duplicate,
        PacketId = PacketId,
        Topic = Encoding.UTF8.GetBytes(TopicName),
        Properties = Properties,
        Payload = Payload,
        Awaited = Awaited,
    };

    public LogRecord AsLogRecord() => new()
    {
        Number = Number,
        LogTimeUs = LogTimeUs,
        ReceiveTimeUs = ReceiveTimeUs,
        Kind = Kind,
        Qos = Qos,
        Retain = Retain,
        Duplicate = Duplicate,
        PacketId = PacketId,
        Connection = Connection,
        Client = Client,
        Topic = Topic,
        Properties = Properties,
        Payload = Payload,
    };
}
