using System.Text;
using FieldNet.Capture.Disk;
using FieldNet.Capture.Log;
using FieldNet.Telemetry.Records;
using FieldNet.Telemetry.Topics;

namespace FieldNet.Capture.Tests.Log;

/// <summary>Records to append, and records read back, as values that can be compared.</summary>
internal static class Records
{
    public const string Vitals = "fieldnet/v1/chu/icu1/bed-03/mon1/vitals";
    public const string Wave = "fieldnet/v1/chu/icu1/bed-03/mon1/wave/MDC_ECG_ELEC_POTL_II";

    /// <summary>Everything that a record holds.</summary>
    public sealed record Copy(
        long Number, long LogTimeUs, long ReceiveTimeUs, RecordKind Kind, byte Qos, bool Retain, bool Duplicate, ushort PacketId,
        long Connection, string Client, string Topic, string Properties, string Payload);

    /// <summary>A record whose every field follows from its number and the seed.</summary>
    public static Copy Make(long number, int seed, int payloadBytes)
    {
        var random = new Random(unchecked(((int)number * 7919) + seed));
        var payload = new byte[payloadBytes];
        random.NextBytes(payload);
        return new Copy(
            number, 1_000_000 * number, (1_000_000 * number) - 7, RecordKind.Publish, (byte)random.Next(3), random.Next(2) == 0,
            random.Next(2) == 0, (ushort)random.Next(65536), random.NextInt64(), $"client-{random.Next(5)}", $"topic/{random.Next(8)}",
            random.Next(2) == 0 ? "" : "0901", Convert.ToHexString(payload));
    }

    public static void Append(this CaptureLog log, Copy copy, LogLane lane, TopicTable topics) =>
        log.Append(copy.ToRecord(topics), lane);

    public static LogRecord ToRecord(this Copy copy, TopicTable topics) => new()
    {
        Number = copy.Number,
        LogTimeUs = copy.LogTimeUs,
        ReceiveTimeUs = copy.ReceiveTimeUs,
        Kind = copy.Kind,
        Qos = copy.Qos,
        Retain = copy.Retain,
        Duplicate = copy.Duplicate,
        PacketId = copy.PacketId,
        Connection = copy.Connection,
        Client = copy.Client,
        Topic = copy.Topic.Length == 0 ? Topic.None : topics.Intern(Encoding.UTF8.GetBytes(copy.Topic)),
        Properties = Convert.FromHexString(copy.Properties),
        Payload = Convert.FromHexString(copy.Payload),
    };

    public static Copy ToCopy(this in LogRecord record) => new(
        record.Number, record.LogTimeUs, record.ReceiveTimeUs, record.Kind, record.Qos, record.Retain, record.Duplicate,
        record.PacketId, record.Connection, record.Client, record.Topic.Name,
        Convert.ToHexString(record.Properties), Convert.ToHexString(record.Payload));

    public static List<Copy> ReadAll(IDisk disk, long from = 1) => ReadAll(disk, out _, from);

    public static List<Copy> ReadAll(IDisk disk, out LogDamage damage, long from = 1)
    {
        using var reader = new LogReader(disk, new TopicTable(), from);
        var records = new List<Copy>();
        while (reader.TryRead(out var record))
        {
            records.Add(record.ToCopy());
        }

        damage = reader.Damage;
        return records;
    }
}
