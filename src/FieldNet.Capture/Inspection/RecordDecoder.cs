using System.Buffers;
using System.Text.Json;
using FieldNet.Telemetry;
using FieldNet.Telemetry.Messages;
using FieldNet.Telemetry.Records;
using FieldNet.Telemetry.Topics;
using Google.Protobuf;

namespace FieldNet.Capture.Inspection;

/// <summary>Turns a record's payload into JSON for people, and says whether the agent would have taken it.</summary>
/// <remarks>Threading: one thread. Errors: what can't be decoded is null with a reason, never an exception.</remarks>
internal sealed class RecordDecoder
{
    private static readonly JsonFormatter Formatter = new(JsonFormatter.Settings.Default);

    private readonly TelemetryDecoder _decoder = new();
    private readonly Vitals _vitals = new();
    private readonly AlarmReport _alarms = new();
    private readonly DeviceStatus _status = new();
    private readonly LinkReport _link = new();

    /// <summary>The payload as JSON; null when it has none or is neither JSON nor a message that its topic names.</summary>
    public string? Decode(in LogRecord record, out Refusal refusal)
    {
        refusal = Refusal.None;
        if (record.Payload.IsEmpty)
        {
            return null;
        }

        if (record.Kind is not (RecordKind.Publish or RecordKind.Will) || record.Topic.Message == MessageKind.None)
        {
            refusal = record.Topic.Refusal;
            return Json(record.Payload);
        }

        refusal = RefusalOf(in record);
        return record.Payload[0] == (byte)'{' ? Json(record.Payload) : Protobuf(record.Topic.Message, record.Payload);
    }

    private Refusal RefusalOf(in LogRecord record)
    {
        if (record.Topic.Refusal != Refusal.None)
        {
            return record.Topic.Refusal;
        }

        var format = TelemetryDecoder.FormatOf(record.Properties);
        return record.Topic.Message switch
        {
            MessageKind.Wave => _decoder.ReadWave(record.Payload, format, record.Topic.Signal!, out _),
            MessageKind.Vitals => _decoder.ReadVitals(record.Payload, format, _vitals),
            MessageKind.Alarm => AlarmRefusal(record.Payload, format),
            MessageKind.Status => _decoder.ReadStatus(record.Payload, format, _status),
            MessageKind.Link => _decoder.ReadLink(record.Payload, format, _link),
            _ => Refusal.None,
        };
    }

    /// <summary>As the ward counts it: a truncated report is taken, and its rest refused.</summary>
    private Refusal AlarmRefusal(ReadOnlySpan<byte> payload, PayloadFormat format)
    {
        var refusal = _decoder.ReadAlarms(payload, format, _alarms);
        return refusal == Refusal.None && _alarms.Truncated ? Refusal.TooManyItems : refusal;
    }

    private static string? Protobuf(MessageKind kind, ReadOnlySpan<byte> payload)
    {
        MessageParser parser = kind switch
        {
            MessageKind.Wave => Telemetry.Wire.WaveChunk.Parser,
            MessageKind.Vitals => Telemetry.Wire.Vitals.Parser,
            MessageKind.Alarm => Telemetry.Wire.AlarmReport.Parser,
            MessageKind.Status => Telemetry.Wire.DeviceStatus.Parser,
            _ => Telemetry.Wire.LinkReport.Parser,
        };
        try
        {
            return Formatter.Format(parser.ParseFrom(payload));
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }

    /// <summary>The payload itself if it is JSON, in one line.</summary>
    private static string? Json(ReadOnlySpan<byte> payload)
    {
        if (payload[0] is not ((byte)'{' or (byte)'['))
        {
            return null;
        }

        try
        {
            var reader = new Utf8JsonReader(payload);
            using var json = JsonDocument.ParseValue(ref reader);
            if (reader.BytesConsumed != payload.TrimEnd(" \t\r\n"u8).Length)
            {
                return null;
            }

            var line = new ArrayBufferWriter<byte>(payload.Length);
            using (var writer = new Utf8JsonWriter(line))
            {
                json.WriteTo(writer);
            }

            return System.Text.Encoding.UTF8.GetString(line.WrittenSpan);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
