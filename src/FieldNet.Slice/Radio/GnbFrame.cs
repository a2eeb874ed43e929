using System.Text.Json;
using System.Text.Unicode;

namespace FieldNet.Slice.Radio;

/// <summary>Reads a frame of a gNB as JSON, also where it writes numbers that JSON does not have.</summary>
internal static class GnbFrame
{
    /// <returns>Null if it is no JSON object. The caller disposes it.</returns>
    public static JsonDocument? TryParse(ReadOnlyMemory<byte> frame) => TryRead(frame) ?? TryRead(WithoutNan(frame.Span));

    private static JsonDocument? TryRead(ReadOnlyMemory<byte> frame)
    {
        if (!Utf8.IsValid(frame.Span))
        {
            return null;
        }

        try
        {
            var read = JsonDocument.Parse(frame);
            if (read.RootElement.ValueKind == JsonValueKind.Object)
            {
                return read;
            }

            read.Dispose();
            return null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A copy in which bare <c>nan</c>, <c>-nan</c>, <c>inf</c> and the like, as the older form prints them, are <c>null</c>.</summary>
    private static byte[] WithoutNan(ReadOnlySpan<byte> frame)
    {
        var copy = new List<byte>(frame.Length + 16);
        var isText = false;
        for (var i = 0; i < frame.Length; i++)
        {
            var at = frame[i];
            isText ^= at == '"' && (i == 0 || frame[i - 1] != '\\');
            var word = isText ? 0 : NanLength(frame[i..]);
            if (word > 0)
            {
                copy.AddRange("null"u8);
                i += word - 1;
            }
            else
            {
                copy.Add(at);
            }
        }

        return [.. copy];
    }

    private static int NanLength(ReadOnlySpan<byte> at)
    {
        var sign = at[0] is (byte)'-' or (byte)'+' ? 1 : 0;
        var length = sign;
        while (length < at.Length && char.IsAsciiLetter((char)at[length]))
        {
            length++;
        }

        Span<char> word = stackalloc char[8];
        return length - sign is 3 or 8 && System.Text.Encoding.ASCII.TryGetChars(at[sign..length], word, out var written)
            && (word[..written].Equals("nan", StringComparison.OrdinalIgnoreCase) || word[..written].Equals("inf", StringComparison.OrdinalIgnoreCase) || word[..written].Equals("infinity", StringComparison.OrdinalIgnoreCase))
            ? length
            : 0;
    }
}
