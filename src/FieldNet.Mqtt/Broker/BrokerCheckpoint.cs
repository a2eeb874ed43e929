using System.Text.Json;
using FieldNet.Mqtt.Packets;
using FieldNet.Telemetry.Records;

namespace FieldNet.Mqtt.Broker;

/// <summary>All of the broker's state at one record: with it and the records behind it, nothing before it is needed any more.</summary>
/// <remarks>
/// Shape: plain values, as JSON. Messages stand in it by value, once each, so that a queued or retained message does not hold the log's
/// old segments. Sessions that end with their connection are in it without their messages: until then they have their turn in shares.
/// </remarks>
internal sealed record BrokerCheckpoint
{
    /// <summary>Of this shape.</summary>
    public const int CurrentVersion = 1;

    public int Version { get; init; } = CurrentVersion;

    public List<Message> Messages { get; init; } = [];

    public List<RetainedEntry> Retained { get; init; } = [];

    public List<SessionEntry> Sessions { get; init; } = [];

    public List<GroupEntry> Groups { get; init; } = [];

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this);

    /// <exception cref="InvalidDataException">It is of a version that this broker does not know, or damaged.</exception>
    public static BrokerCheckpoint Read(ReadOnlySpan<byte> json)
    {
        try
        {
            var checkpoint = JsonSerializer.Deserialize<BrokerCheckpoint>(json);
            return checkpoint is { Version: CurrentVersion }
                ? checkpoint
                : throw new InvalidDataException($"A broker checkpoint of version {checkpoint?.Version} can't be read; this agent knows version {CurrentVersion}.");
        }
        catch (JsonException damage)
        {
            throw new InvalidDataException("The broker checkpoint is damaged.", damage);
        }
    }

    /// <summary>A queued or retained message; others name it by its place in the list.</summary>
    internal sealed record Message(byte[] Topic, byte[] Properties, byte[] Payload, long ExpiresAtUs);

    internal sealed record RetainedEntry(int Message, byte Qos);

    internal sealed record SubscriptionEntry(byte[] Filter, byte Options, uint Identifier);

    internal sealed record HeldEntry(ushort PacketId, long Number, LogLane Lane);

    internal sealed record WillEntry(byte[] Topic, byte[] Payload, byte[] Properties, byte Qos, bool Retain, uint DelaySeconds);

    internal sealed record ItemEntry(
        int Message, byte Qos, bool Retain, ushort PacketId, bool Duplicate, byte[] Identifiers, byte[]? Group, OutboundState State, long Number, LogLane Lane);

    /// <summary>Members in their order, and whose turn it is.</summary>
    internal sealed record GroupEntry(byte[] Filter, List<string> Members, int Next);

    internal sealed record SessionEntry
    {
        public required string Client { get; init; }

        public long Connection { get; init; }

        public MqttProtocolVersion Version { get; init; }

        public uint ExpirySeconds { get; init; }

        public long ExpiresAtUs { get; init; }

        public long WillAtUs { get; init; }

        public WillEntry? Will { get; init; }

        public bool IsLasting { get; init; }

        public long MaxPacketBytes { get; init; }

        public ushort LastPacketId { get; init; }

        public List<SubscriptionEntry> Subscriptions { get; init; } = [];

        public List<HeldEntry> Held { get; init; } = [];

        public List<ItemEntry> Items { get; init; } = [];
    }
}
