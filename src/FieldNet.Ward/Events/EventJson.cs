using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace FieldNet.Ward.Events;

/// <summary>Writes an event as its line of <c>--events</c>: the bytes that <c>events_sha256</c> is over.</summary>
/// <remarks>Shape: keys in the contract's order, UTF-8, one line feed at the end, no platform-dependent formatting.</remarks>
public static class EventJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void WriteLine(WardEvent happened, IBufferWriter<byte> output)
    {
        using (var json = new Utf8JsonWriter(output, Options))
        {
            json.WriteStartObject();
            json.WriteNumber("n"u8, happened.Number);
            json.WriteString("t"u8, Iso(happened.TimeUs));
            json.WriteString("kind"u8, happened.Kind);
            json.WriteString("what"u8, happened.What);
            json.WriteString("subject"u8, happened.Subject);
            json.WriteString("cause"u8, happened.Cause);
            json.WriteString("severity"u8, Lower(happened.Severity));
            json.WriteString("phase"u8, Lower(happened.Phase));
            json.WriteStartArray("beds"u8);
            foreach (var bed in happened.Beds)
            {
                json.WriteStringValue(bed);
            }

            json.WriteEndArray();
            json.WriteStartObject("evidence"u8);
            foreach (var evidence in happened.Evidence)
            {
                json.WritePropertyName(evidence.Name);
                WriteValue(json, evidence.Value);
            }

            json.WriteEndObject();
            json.WriteString("id"u8, happened.Id);
            json.WriteEndObject();
        }

        output.Write("\n"u8);
    }

    /// <summary>UTC microseconds as ISO 8601 with six digits.</summary>
    public static string Iso(long timeUs) =>
        DateTimeOffset.UnixEpoch.AddTicks(timeUs * 10).ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    private static void WriteValue(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null: json.WriteNullValue(); break;
            case string text: json.WriteStringValue(text); break;
            case bool flag: json.WriteBooleanValue(flag); break;
            case long number: json.WriteNumberValue(number); break;
            case double number: json.WriteNumberValue(number); break;
            case string[] texts:
                json.WriteStartArray();
                foreach (var text in texts)
                {
                    json.WriteStringValue(text);
                }

                json.WriteEndArray();
                break;
            default: throw new ArgumentException($"evidence can't hold a {value.GetType()}", nameof(value));
        }
    }

    private static string Lower<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
