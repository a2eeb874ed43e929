using System.Text.Json;
using FieldNet.Telemetry;
using FieldNet.Telemetry.Records;

namespace FieldNet.Ward.Rules;

/// <summary>Reads the reason out of a Refused record.</summary>
internal static class RefusedRecord
{
    public static Refusal ReasonOf(in LogRecord record)
    {
        var reader = new Utf8JsonReader(record.Payload);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("reason"u8) && reader.Read())
            {
                return RefusalNames.Parse(reader.GetString());
            }
        }

        return Refusal.None;
    }
}
