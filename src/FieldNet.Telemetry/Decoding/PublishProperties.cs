using System.Buffers.Binary;
using System.Text;
using FieldNet.Telemetry.Messages;

namespace FieldNet.Telemetry.Decoding;

/// <summary>Finds the content type among the properties of an MQTT 5 packet.</summary>
/// <remarks>Errors: never throws; properties that can't be walked to their end name no format. Source: MQTT 5.0 (OASIS, 2019-03-07) section 2.2.2.2, table 2-4.</remarks>
internal static class PublishProperties
{
    private const byte ContentType = 0x03;

    public static PayloadFormat FormatOf(ReadOnlySpan<byte> properties)
    {
        var format = PayloadFormat.Detect;
        while (!properties.IsEmpty)
        {
            // Every identifier of the standard fits the one byte that its variable byte integer takes.
            var id = properties[0];
            var rest = properties[1..];
            var length = LengthOf(id, rest);
            if (length < 0 || length > rest.Length || (id == ContentType && format != PayloadFormat.Detect))
            {
                return PayloadFormat.Unknown;
            }

            if (id == ContentType)
            {
                format = FormatNamed(rest[2..length]);
            }

            properties = rest[length..];
        }

        return format;
    }

    private static PayloadFormat FormatNamed(ReadOnlySpan<byte> contentType)
    {
        var parameters = contentType.IndexOf((byte)';');
        var mediaType = (parameters < 0 ? contentType : contentType[..parameters]).Trim(" \t"u8);
        return Ascii.EqualsIgnoreCase(mediaType, "application/x-protobuf"u8) ? PayloadFormat.Protobuf
            : Ascii.EqualsIgnoreCase(mediaType, "application/json"u8) ? PayloadFormat.Json
            : PayloadFormat.Unknown;
    }

    /// <summary>Bytes of a property's value; -1 if the identifier is not of the standard or the value is broken.</summary>
    private static int LengthOf(byte id, ReadOnlySpan<byte> value) => id switch
    {
        0x01 or 0x17 or 0x19 or 0x24 or 0x25 or 0x28 or 0x29 or 0x2A => 1,
        0x13 or 0x21 or 0x22 or 0x23 => 2,
        0x02 or 0x11 or 0x18 or 0x27 => 4,
        0x0B => VariableByteIntegerLength(value),
        0x03 or 0x08 or 0x09 or 0x12 or 0x15 or 0x16 or 0x1A or 0x1C or 0x1F => PrefixedLength(value),
        0x26 => PairLength(value),
        _ => -1,
    };

    /// <summary>A UTF-8 string or binary data: two bytes of length, then that many.</summary>
    private static int PrefixedLength(ReadOnlySpan<byte> value) => value.Length < 2 ? -1 : 2 + BinaryPrimitives.ReadUInt16BigEndian(value);

    private static int PairLength(ReadOnlySpan<byte> value)
    {
        var name = PrefixedLength(value);
        var text = name < 0 || name > value.Length ? -1 : PrefixedLength(value[name..]);
        return text < 0 ? -1 : name + text;
    }

    private static int VariableByteIntegerLength(ReadOnlySpan<byte> value)
    {
        for (var i = 0; i < Math.Min(value.Length, 4); i++)
        {
            if (value[i] < 0x80)
            {
                return i + 1;
            }
        }

        return -1;
    }
}
