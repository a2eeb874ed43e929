using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using FieldNet.Telemetry;
using FieldNet.Telemetry.Records;

namespace FieldNet.Capture.Inspection;

/// <summary>Writes records as JSON, one line each: what <c>inspect --records</c> gives.</summary>
/// <remarks>Threading: one thread. Lifetime: the stream stays the caller's.</remarks>
public sealed class RecordJsonWriter(Stream output) : IDisposable
{
    // The relaxed escaping stays within UTF-8 JSON and keeps topics readable; this is a file, never a page.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly RecordDecoder _decoder = new();
    private readonly ArrayBufferWriter<byte> _line = new(4096);
    private readonly Utf8JsonWriter _json = new(Stream.Null, Options);

    public void Write(in LogRecord record)
    {
        _line.ResetWrittenCount();
        _json.Reset(_line);
        _json.WriteStartObject();
        _json.WriteNumber("n", record.Number);
        _json.WriteString("kind", record.Kind.Name());
        _json.WriteString("log_time", LogTimes.ToIso(record.LogTimeUs));
        _json.WriteString("receive_time", LogTimes.ToIso(record.ReceiveTimeUs));
        _json.WriteNumber("connection", record.Connection);
        _json.WriteString("client", record.Client);
        _json.WriteString("topic", record.Topic.Utf8);
        _json.WriteNumber("qos", record.Qos);
        _json.WriteBoolean("retain", record.Retain);
        _json.WriteBase64String("payload_base64", record.Payload);
        WriteDecoded(in record);
        _json.WriteEndObject();
        _json.Flush();
        _line.Write("\n"u8);
        output.Write(_line.WrittenSpan);
    }

    public void Dispose() => _json.Dispose();

    private void WriteDecoded(in LogRecord record)
    {
        _json.WritePropertyName("decoded");
        if (_decoder.Decode(in record, out var refusal) is { } decoded)
        {
            _json.WriteRawValue(decoded);
        }
        else
        {
            _json.WriteNullValue();
        }

        if (refusal != Refusal.None)
        {
            _json.WriteString("refused", refusal.Name());
        }
    }
}
