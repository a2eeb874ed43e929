using System.Text.Json;
using FieldNet.Capture.Log;
using FieldNet.Telemetry.Records;
using FieldNet.Telemetry.Topics;
using FieldNet.Telemetry.Wire;
using Google.Protobuf;

namespace FieldNet.Edge.Demo;

/// <summary>Holds the sender's own account of what was acknowledged against what the log really has (P1).</summary>
internal static class AcknowledgedLedger
{
    /// <param name="ledger">The simulator's <c>--acked</c> file: one line a stream, with the ranges of acknowledged sequence numbers.</param>
    /// <param name="dataFolder">The log that must hold them.</param>
    /// <returns>How many acknowledged messages the log lacks.</returns>
    public static long CountLost(string ledger, string dataFolder)
    {
        var logged = ReadLog(dataFolder);
        var lost = 0L;
        foreach (var line in File.ReadLines(ledger))
        {
            using var stream = JsonDocument.Parse(line);
            var topic = stream.RootElement.GetProperty("topic").GetString()!;
            var epoch = stream.RootElement.GetProperty("epoch").GetUInt32();
            var found = logged.GetValueOrDefault((topic, epoch));
            foreach (var range in stream.RootElement.GetProperty("acknowledged").EnumerateArray())
            {
                for (var seq = range[0].GetUInt64(); seq <= range[1].GetUInt64(); seq++)
                {
                    lost += found?.Contains(seq) == true ? 0 : 1;
                }
            }
        }

        return lost;
    }

    private static Dictionary<(string Topic, uint Epoch), HashSet<ulong>> ReadLog(string dataFolder)
    {
        var logged = new Dictionary<(string, uint), HashSet<ulong>>();
        using var reader = LogReader.Open(dataFolder, new TopicTable());
        while (reader.TryRead(out var record))
        {
            if (record.Kind == RecordKind.Publish && record.Qos > 0 && StampOf(record) is { HasSeq: true } stamp)
            {
                var key = (record.Topic.Name, stamp.Epoch);
                if (!logged.TryGetValue(key, out var seqs))
                {
                    logged.Add(key, seqs = []);
                }

                seqs.Add(stamp.Seq);
            }
        }

        return logged;
    }

    private static Stamp? StampOf(in LogRecord record) => record.Topic.Message switch
    {
        MessageKind.Wave => Parse(WaveChunk.Parser, record)?.Stamp,
        MessageKind.Vitals => Parse(Vitals.Parser, record)?.Stamp,
        MessageKind.Alarm => Parse(AlarmReport.Parser, record)?.Stamp,
        MessageKind.Status => Parse(DeviceStatus.Parser, record)?.Stamp,
        MessageKind.Link => Parse(LinkReport.Parser, record)?.Stamp,
        _ => null,
    };

    /// <returns>Null for what the simulator did not send: someone else's JSON, or nonsense.</returns>
    private static T? Parse<T>(MessageParser<T> parser, in LogRecord record)
        where T : class, IMessage<T>
    {
        try
        {
            return parser.ParseFrom(record.Payload);
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }
}
