using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;

namespace FieldNet.Telemetry.Decoding;

/// <summary>Scalars of the canonical JSON mapping.</summary>
/// <remarks>Errors: false for a value of another type or out of its type's range.</remarks>
internal static class JsonScalars
{
    private const NumberStyles Number = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    public static bool TryBool(ref Utf8JsonReader reader, out bool value)
    {
        value = reader.TokenType == JsonTokenType.True;
        return reader.TokenType is JsonTokenType.True or JsonTokenType.False;
    }

    /// <summary>A number, or a string of one; also <c>"NaN"</c> and <c>"Infinity"</c>.</summary>
    public static bool TryDouble(ref Utf8JsonReader reader, out double value)
    {
        value = 0;
        return reader.TokenType switch
        {
            JsonTokenType.Number => reader.TryGetDouble(out value),
            JsonTokenType.String => double.TryParse(reader.GetString(), Number, CultureInfo.InvariantCulture, out value),
            _ => false,
        };
    }

    /// <summary>A whole number, or a string of one; <c>5.0</c> and <c>1e3</c> are whole.</summary>
    public static bool TryInteger(ref Utf8JsonReader reader, decimal lowest, decimal highest, out decimal value)
    {
        value = 0;
        var isNumber = reader.TokenType switch
        {
            JsonTokenType.Number => reader.TryGetDecimal(out value),
            JsonTokenType.String => decimal.TryParse(reader.GetString(), Number, CultureInfo.InvariantCulture, out value),
            _ => false,
        };
        return isNumber && decimal.IsInteger(value) && value >= lowest && value <= highest;
    }

    public static bool TryBytes(ref Utf8JsonReader reader, out ReadOnlySpan<byte> value)
    {
        value = default;
        if (reader.TokenType != JsonTokenType.String)
        {
            return false;
        }

        // The two alphabets differ in two characters, and this decoder takes padding or leaves it.
        var base64 = new byte[reader.ValueSpan.Length];
        var text = base64.AsSpan(0, reader.CopyString(base64));
        text.Replace((byte)'+', (byte)'-');
        text.Replace((byte)'/', (byte)'_');
        var bytes = new byte[text.Length];
        if (Base64Url.DecodeFromUtf8(text, bytes, out _, out var length) != OperationStatus.Done)
        {
            return false;
        }

        value = bytes.AsSpan(0, length);
        return true;
    }
}
