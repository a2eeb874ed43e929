using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using FieldNet.Telemetry;
using FieldNet.Telemetry.Ingress;
using FieldNet.Telemetry.Records;
using FieldNet.Telemetry.Topics;

namespace FieldNet.Edge.ExternalBroker;

/// <summary>Knows the messages of the broker that have their record, so that one sent again gets no second one.</summary>
/// <remarks>
/// A view of the log, so it survives <c>kill -9</c>. At QoS 1 a broker sends again, with DUP, what it has no PUBACK of; whether we had
/// received it the standard does not say. It is taken for the same message if its packet identifier, topic and payload are those of
/// the last record with that identifier, in a session that the broker has kept since. What can't be known: a message that differs in
/// none of these from an earlier one of the same identifier, and that was never received itself, is taken for it.
/// Threading: the sequencer thread. Bounded: an entry for each packet identifier.
/// </remarks>
internal sealed class ReceivedMessages(string client) : ICheckpointView
{
    private const int EntryBytes = 2 + 16 + 8 + 1;

    private readonly Dictionary<ushort, Message> _byPacketId = [];

    /// <inheritdoc/>
    public string CheckpointName => "received";

    /// <inheritdoc/>
    public Refusal Apply(in LogRecord record)
    {
        if (record.Client != client)
        {
            return Refusal.None;
        }

        if (record.Kind == RecordKind.Publish && record.PacketId > 0)
        {
            _byPacketId[record.PacketId] = new Message(HashOf(record.Topic.Utf8, record.Payload), record.Number, LogLane.Facts);
        }
        else if (record.Kind == RecordKind.Connect && !IsResumed(record.Payload))
        {
            // The broker knows nothing of us: it will send nothing again.
            _byPacketId.Clear();
        }

        return Refusal.None;
    }

    /// <inheritdoc/>
    public byte[] SaveCheckpoint()
    {
        var saved = new byte[1 + (_byPacketId.Count * EntryBytes)];
        saved[0] = 1;
        var at = 1;
        foreach (var (id, message) in _byPacketId)
        {
            var entry = saved.AsSpan(at, EntryBytes);
            BinaryPrimitives.WriteUInt16LittleEndian(entry, id);
            BinaryPrimitives.WriteUInt128LittleEndian(entry[2..], message.Hash);
            BinaryPrimitives.WriteInt64LittleEndian(entry[18..], message.Number);
            entry[26] = (byte)message.Lane;
            at += EntryBytes;
        }

        return saved;
    }

    /// <inheritdoc/>
    public void RestoreCheckpoint(ReadOnlySpan<byte> saved, TopicTable topics)
    {
        if (!saved.IsEmpty && (saved[0] != 1 || saved.Length % EntryBytes != 1))
        {
            throw new InvalidDataException("The checkpoint of the broker's messages is of another version, or damaged.");
        }

        _byPacketId.Clear();
        for (var at = 1; at < saved.Length; at += EntryBytes)
        {
            var entry = saved.Slice(at, EntryBytes);
            _byPacketId[BinaryPrimitives.ReadUInt16LittleEndian(entry)] = new Message(
                BinaryPrimitives.ReadUInt128LittleEndian(entry[2..]), BinaryPrimitives.ReadInt64LittleEndian(entry[18..]), (LogLane)entry[26]);
        }
    }

    /// <summary>The record just applied went into this lane.</summary>
    public void Sequenced(in LogRecord record, LogLane lane) => _byPacketId[record.PacketId] = _byPacketId[record.PacketId] with { Lane = lane };

    /// <summary>Whether the arrival has its record already.</summary>
    /// <param name="number">That record's: its answer waits for this commit.</param>
    public bool IsSecondCopy(in Arrival arrival, out long number, out LogLane lane)
    {
        var isCopy = arrival.Duplicate && _byPacketId.TryGetValue(arrival.PacketId, out var known) && known.Hash == HashOf(arrival.Topic, arrival.Payload);
        (number, lane) = isCopy ? (_byPacketId[arrival.PacketId].Number, _byPacketId[arrival.PacketId].Lane) : default;
        return isCopy;
    }

    private static bool IsResumed(ReadOnlySpan<byte> payload)
    {
        var reader = new Utf8JsonReader(payload);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("session_present"u8))
            {
                return reader.Read() && reader.TokenType == JsonTokenType.True;
            }
        }

        return false;
    }

    /// <summary>Properties are left out: a broker counts a message's expiry down.</summary>
    private static UInt128 HashOf(ReadOnlySpan<byte> topic, ReadOnlySpan<byte> payload)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(topic);
        // No topic has this byte, so none can run over into the payload.
        hash.AppendData([0]);
        hash.AppendData(payload);
        Span<byte> bytes = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(bytes);
        return BinaryPrimitives.ReadUInt128LittleEndian(bytes);
    }

    private readonly record struct Message(UInt128 Hash, long Number, LogLane Lane);
}
