using System.Globalization;
using System.Text;

namespace FieldNet.Slice.Core;

/// <summary>Reads Prometheus text exposition, versions 0.0.4 and OpenMetrics 1.0.</summary>
/// <remarks>
/// Comments, times and exemplars are passed over. Errors: never throws on what it reads; a line that can't be read is counted and
/// passed over. Bounds: <see cref="MaxSamples"/>, <see cref="MaxLabels"/> a line. Source: prometheus.io, exposition formats.
/// </remarks>
public static class PrometheusText
{
    /// <summary>What is beyond is passed over and counted.</summary>
    public const int MaxSamples = 20_000;

    public const int MaxLabels = 32;

    private static readonly KeyValuePair<string, string>[] NoLabels = [];

    /// <param name="unreadable">Lines that are no samples.</param>
    public static IReadOnlyList<PrometheusSample> Read(string page, out int unreadable)
    {
        var samples = new List<PrometheusSample>();
        unreadable = 0;
        foreach (var ended in page.AsSpan().EnumerateLines())
        {
            var line = ended.Trim();
            if (line.IsEmpty || line[0] == '#')
            {
                continue;
            }

            if (samples.Count < MaxSamples && TryLine(line, out var sample))
            {
                samples.Add(sample);
            }
            else
            {
                unreadable++;
            }
        }

        return samples;
    }

    private static bool TryLine(ReadOnlySpan<char> line, out PrometheusSample sample)
    {
        sample = null!;
        var nameEnd = line.IndexOfAny('{', ' ', '\t');
        if (nameEnd <= 0 || !IsName(line[..nameEnd]))
        {
            return false;
        }

        var rest = line[nameEnd..].TrimStart();
        IReadOnlyList<KeyValuePair<string, string>> labels = NoLabels;
        if (rest is ['{', ..] && !TryLabels(ref rest, out labels))
        {
            return false;
        }

        rest = rest.TrimStart();
        var valueEnd = rest.IndexOfAny(' ', '\t');
        if (!TryValue(valueEnd < 0 ? rest : rest[..valueEnd], out var value))
        {
            return false;
        }

        sample = new PrometheusSample(line[..nameEnd].ToString(), labels, value);
        return true;
    }

    /// <summary>Takes <c>{a="b",c="d"}</c> off the front; a comma may stand behind the last.</summary>
    private static bool TryLabels(ref ReadOnlySpan<char> rest, out IReadOnlyList<KeyValuePair<string, string>> labels)
    {
        var found = new List<KeyValuePair<string, string>>();
        labels = found;
        rest = rest[1..].TrimStart();
        while (rest is not ['}', ..])
        {
            var equals = rest.IndexOf('=');
            if (equals <= 0 || found.Count == MaxLabels)
            {
                return false;
            }

            var name = rest[..equals].Trim();
            rest = rest[(equals + 1)..].TrimStart();
            if (!IsName(name) || !TryQuoted(ref rest, out var text))
            {
                return false;
            }

            found.Add(new(name.ToString(), text));
            rest = rest.TrimStart();
            if (rest is [',', ..])
            {
                rest = rest[1..].TrimStart();
            }
            else if (rest is not ['}', ..])
            {
                return false;
            }
        }

        rest = rest[1..];
        return true;
    }

    private static bool TryQuoted(ref ReadOnlySpan<char> rest, out string text)
    {
        text = "";
        if (rest is not ['"', ..])
        {
            return false;
        }

        var unescaped = new StringBuilder();
        for (var i = 1; i < rest.Length; i++)
        {
            switch (rest[i])
            {
                case '"':
                    text = unescaped.ToString();
                    rest = rest[(i + 1)..];
                    return true;
                case '\\' when i + 1 < rest.Length:
                    i++;
                    unescaped.Append(rest[i] == 'n' ? '\n' : rest[i]);
                    break;
                default:
                    unescaped.Append(rest[i]);
                    break;
            }
        }

        return false;
    }

    private static bool TryValue(ReadOnlySpan<char> word, out double value)
    {
        value = word switch
        {
            "NaN" or "nan" => double.NaN,
            "+Inf" or "Inf" or "+inf" or "inf" => double.PositiveInfinity,
            "-Inf" or "-inf" => double.NegativeInfinity,
            _ => 0,
        };
        return value != 0 || double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }

    private static bool IsName(ReadOnlySpan<char> name)
    {
        if (name.IsEmpty || char.IsAsciiDigit(name[0]))
        {
            return false;
        }

        foreach (var letter in name)
        {
            if (!char.IsAsciiLetterOrDigit(letter) && letter is not ('_' or ':'))
            {
                return false;
            }
        }

        return true;
    }
}
