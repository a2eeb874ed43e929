using System.Diagnostics;
using System.Text.Json;
using Google.Protobuf.Reflection;

namespace FieldNet.Telemetry.Decoding;

/// <summary>Rewrites a message in the canonical JSON mapping as protobuf bytes, guided by its descriptor.</summary>
/// <remarks>
/// Shape: lowerCamelCase and original names; 64-bit integers as strings or numbers; enumerations by name or number; base64 standard or URL-safe; unknown names ignored; null is absent.
/// Lifetime: the result is this object's buffer, until the next call. Threading: one thread an instance.
/// Errors: false, never an exception. Source: protobuf language guide, JSON mapping.
/// </remarks>
internal sealed class JsonToWire
{
    /// <summary>Stands for an enumeration's name that this version does not know: the readers decide what an unknown number means.</summary>
    private const int UnknownEnumNumber = int.MaxValue;

    private static readonly Dictionary<(MessageDescriptor, string), FieldDescriptor> Fields = FieldsByName();

    private readonly WireWriter _wire = new();

    public bool TryWrite(ReadOnlySpan<byte> json, MessageDescriptor message, out ReadOnlySpan<byte> wire)
    {
        _wire.Clear();
        var reader = new Utf8JsonReader(json);
        try
        {
            var isWritten = reader.Read() && TryMessage(ref reader, message) && !reader.Read();
            wire = isWritten ? _wire.Written : default;
            return isWritten;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The reader has no other way to say that the text is not JSON, or (the second) that a string is not Unicode.
            wire = default;
            return false;
        }
    }

    private bool TryMessage(ref Utf8JsonReader reader, MessageDescriptor message)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isKnown = Fields.TryGetValue((message, reader.GetString()!), out var field);
            reader.Read();
            if (!isKnown)
            {
                reader.Skip();
            }
            else if (reader.TokenType != JsonTokenType.Null && !(field!.IsRepeated ? TryList(ref reader, field) : TryValue(ref reader, field)))
            {
                return false;
            }
        }

        return true;
    }

    private bool TryList(ref Utf8JsonReader reader, FieldDescriptor field)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return false;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (!TryValue(ref reader, field))
            {
                return false;
            }
        }

        return true;
    }

    private bool TryValue(ref Utf8JsonReader reader, FieldDescriptor field) => field.FieldType switch
    {
        FieldType.Message => TryEmbedded(ref reader, field),
        FieldType.String => TryString(ref reader, field),
        FieldType.Bytes => JsonScalars.TryBytes(ref reader, out var value) && _wire.Bytes(field.FieldNumber, value),
        FieldType.Double => JsonScalars.TryDouble(ref reader, out var value) && _wire.Double(field.FieldNumber, value),
        FieldType.Bool => JsonScalars.TryBool(ref reader, out var value) && _wire.Varint(field.FieldNumber, value ? 1UL : 0),
        FieldType.UInt32 => JsonScalars.TryInteger(ref reader, 0, uint.MaxValue, out var value) && _wire.Varint(field.FieldNumber, (ulong)value),
        FieldType.UInt64 => JsonScalars.TryInteger(ref reader, 0, ulong.MaxValue, out var value) && _wire.Varint(field.FieldNumber, (ulong)value),
        FieldType.Int64 => JsonScalars.TryInteger(ref reader, long.MinValue, long.MaxValue, out var value) && _wire.Varint(field.FieldNumber, (ulong)(long)value),
        FieldType.Enum => TryEnum(ref reader, field.EnumType, out var number) && _wire.Varint(field.FieldNumber, (ulong)number),
        _ => throw new UnreachableException($"The contract has no {field.FieldType} (field {field.FullName})."),
    };

    private bool TryEmbedded(ref Utf8JsonReader reader, FieldDescriptor field)
    {
        var start = _wire.Begin(field.FieldNumber);
        var isWritten = TryMessage(ref reader, field.MessageType);
        _wire.End(start);
        return isWritten;
    }

    private bool TryString(ref Utf8JsonReader reader, FieldDescriptor field)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            return false;
        }

        var start = _wire.Begin(field.FieldNumber);
        _wire.Advance(reader.CopyString(_wire.Room(reader.ValueSpan.Length)));
        _wire.End(start);
        return true;
    }

    private static bool TryEnum(ref Utf8JsonReader reader, EnumDescriptor type, out long number)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            number = type.FindValueByName(reader.GetString()!)?.Number ?? UnknownEnumNumber;
            return true;
        }

        var isNumber = JsonScalars.TryInteger(ref reader, int.MinValue, int.MaxValue, out var value) && reader.TokenType == JsonTokenType.Number;
        number = (long)value;
        return isNumber;
    }

    private static Dictionary<(MessageDescriptor, string), FieldDescriptor> FieldsByName()
    {
        var fields = new Dictionary<(MessageDescriptor, string), FieldDescriptor>();
        foreach (var message in Wire.TelemetryReflection.Descriptor.MessageTypes)
        {
            foreach (var field in message.Fields.InDeclarationOrder())
            {
                fields[(message, field.Name)] = field;
                fields[(message, field.JsonName)] = field;
            }
        }

        return fields;
    }
}
