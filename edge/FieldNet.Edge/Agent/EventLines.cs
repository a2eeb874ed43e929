using System.Text.Json;
using Microsoft.Win32.SafeHandles;

namespace FieldNet.Edge.Agent;

/// <summary>Reads the lines of an event file back.</summary>
internal static class EventLines
{
    private const int BlockBytes = 64 * 1024;

    /// <summary>Each line with its line feed; what is left behind the last one is a line as well.</summary>
    public static IEnumerable<byte[]> Read(SafeFileHandle file, long length)
    {
        var held = new byte[BlockBytes];
        var used = 0;
        for (long at = 0; at < length;)
        {
            if (used == held.Length)
            {
                Array.Resize(ref held, held.Length * 2);
            }

            var read = RandomAccess.Read(file, held.AsSpan(used, (int)Math.Min(held.Length - used, length - at)), at);
            if (read == 0)
            {
                break;
            }

            (at, used) = (at + read, used + read);
            var start = 0;
            for (int end; (end = Array.IndexOf(held, (byte)'\n', start, used - start)) >= 0; start = end + 1)
            {
                yield return held[start..(end + 1)];
            }

            held.AsSpan(start, used - start).CopyTo(held);
            used -= start;
        }

        if (used > 0)
        {
            yield return held[..used];
        }
    }

    /// <returns>False when it is no event.</returns>
    public static bool TryParse(ReadOnlySpan<byte> line, out long number, out string kind)
    {
        (number, kind) = (0, "");
        try
        {
            var json = new Utf8JsonReader(line);
            while (json.Read() && (number == 0 || kind.Length == 0))
            {
                if (json.TokenType == JsonTokenType.PropertyName && json.CurrentDepth == 1 && json.ValueTextEquals("n"u8) && json.Read())
                {
                    number = json.GetInt64();
                }
                else if (json.TokenType == JsonTokenType.PropertyName && json.CurrentDepth == 1 && json.ValueTextEquals("kind"u8) && json.Read())
                {
                    kind = json.GetString() ?? "";
                }
            }

            return number > 0 && kind.Length > 0;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            return false;
        }
    }
}
