using System.Buffers;
using System.Globalization;
using System.Text;

namespace FieldNet.History.LineProtocol;

/// <summary>Writes points as lines: <c>measurement,tag=value field=value time</c>.</summary>
/// <remarks>
/// A point without any field that has a value writes nothing. Units: times are nanoseconds.
/// Threading: one thread. Allocation: none for numbers.
/// Source: docs.influxdata.com, line protocol. There is no way to write a line feed in a tag, nor a backslash at a tag's end: they become <c>_</c>.
/// </remarks>
public sealed class LineWriter(LineBatch batch)
{
    private readonly ArrayBufferWriter<byte> _line = new(256);
    private int _head;

    /// <summary>Measurement and tags, escaped: made once for a series and written often.</summary>
    /// <param name="tags">Values in the measurement's order; an empty one is left out.</param>
    public static byte[] Head(Measurement measurement, params ReadOnlySpan<string> tags)
    {
        if (tags.Length != measurement.Tags.Count)
        {
            throw new ArgumentException($"{measurement.Name} has {measurement.Tags.Count} tags.", nameof(tags));
        }

        var head = new StringBuilder(Escape(measurement.Name, ", "));
        for (var i = 0; i < tags.Length; i++)
        {
            if (tags[i].Length > 0)
            {
                head.Append(',').Append(Escape(measurement.Tags[i], ",= ")).Append('=').Append(Escape(tags[i], ",= "));
            }
        }

        return Encoding.UTF8.GetBytes(head.ToString());
    }

    /// <summary>Begins a point; whatever was begun and not ended is forgotten.</summary>
    public void Begin(ReadOnlySpan<byte> head)
    {
        _line.ResetWrittenCount();
        _line.Write(head);
        _head = head.Length;
    }

    /// <summary>NaN and infinities can't be written: the field is left out.</summary>
    public void Float(ReadOnlySpan<byte> field, double value)
    {
        if (!double.IsFinite(value))
        {
            return;
        }

        Name(field);
        var text = _line.GetSpan(40);
        _ = value.TryFormat(text, out var length, default, CultureInfo.InvariantCulture);
        // A float that looks like an integer is one all the same; with the point nobody has to know that.
        if (text[..length].IndexOfAny(".E"u8) < 0)
        {
            ".0"u8.CopyTo(text[length..]);
            length += 2;
        }

        _line.Advance(length);
    }

    public void Integer(ReadOnlySpan<byte> field, long value)
    {
        Name(field);
        Number(value);
        _line.Write("i"u8);
    }

    /// <summary>An empty text is left out. A line feed becomes a space, so that a line is a line to everyone.</summary>
    public void Text(ReadOnlySpan<byte> field, string value)
    {
        if (value.Length == 0)
        {
            return;
        }

        Name(field);
        var quoted = new StringBuilder(value.Length + 8).Append('"');
        foreach (var c in value)
        {
            _ = c switch
            {
                '"' or '\\' => quoted.Append('\\').Append(c),
                '\n' or '\r' or '\0' => quoted.Append(' '),
                _ => quoted.Append(c),
            };
        }

        _line.Write(Encoding.UTF8.GetBytes(quoted.Append('"').ToString()));
    }

    /// <returns>False when no field had a value: nothing was written.</returns>
    public bool End(long timeNs)
    {
        if (_line.WrittenCount == _head)
        {
            return false;
        }

        _line.Write(" "u8);
        Number(timeNs);
        batch.Output.Write(_line.WrittenSpan);
        batch.EndLine();
        return true;
    }

    private void Name(ReadOnlySpan<byte> field)
    {
        _line.Write(_line.WrittenCount == _head ? " "u8 : ","u8);
        _line.Write(field);
        _line.Write("="u8);
    }

    private void Number(long value)
    {
        _ = value.TryFormat(_line.GetSpan(20), out var length, default, CultureInfo.InvariantCulture);
        _line.Advance(length);
    }

    private static string Escape(string text, string special)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (special.Contains(c, StringComparison.Ordinal))
            {
                escaped.Append('\\');
            }

            escaped.Append(char.IsControl(c) ? '_' : c);
        }

        if (escaped.Length > 0 && escaped[^1] == '\\')
        {
            escaped[^1] = '_';
        }

        return escaped.ToString();
    }
}
