using System.Text.Json;
using FieldNet.Capture.Disk;
using FieldNet.Telemetry.Records;
using FieldNet.Telemetry.Topics;

namespace FieldNet.Capture.Log;

/// <summary>The numbers of the records that made the processor throw and must not be applied again.</summary>
public static class QuarantinedRecords
{
    /// <exception cref="CaptureException">No log there, or of a newer version.</exception>
    public static IReadOnlySet<long> Read(string dataFolder) => Read(FileDisk.ForReading(dataFolder));

    /// <param name="from">Only quarantines recorded from this number on.</param>
    public static IReadOnlySet<long> Read(IDisk disk, long from = 1)
    {
        var numbers = new HashSet<long>();
        using var reader = new LogReader(disk, new TopicTable(), from, [LogLane.Facts]);
        while (reader.TryRead(out var record))
        {
            if (record.Kind == RecordKind.Quarantine)
            {
                var payload = new Utf8JsonReader(record.Payload);
                using var json = JsonDocument.ParseValue(ref payload);
                numbers.Add(json.RootElement.GetProperty("number").GetInt64());
            }
        }

        return numbers;
    }
}
