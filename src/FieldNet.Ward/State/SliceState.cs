using System.Globalization;
using FieldNet.Detection.Radio;
using FieldNet.Ward.Events;

namespace FieldNet.Ward.State;

/// <summary>One slice.</summary>
public sealed class SliceState
{
    private const int TypeDigits = 10, DifferentiatorDigits = 6, MostOnStack = 32;

    /// <summary><c>SST</c> or <c>SST-SD</c>, the differentiator as six lower-case hexadecimal digits: the name in events' subjects.</summary>
    public string Name { get; set; } = "";

    /// <summary>Share of its resource blocks in use, where a source says it, and when it did.</summary>
    public double? BlockShare { get; set; }

    public long BlockShareUs { get; set; }

    public Congestion Congested;

    public Episode? CongestedEpisode { get; set; }

    /// <param name="likely">Returned itself when it is that name: each report asks again.</param>
    /// <returns>Empty when the type of slice is unknown.</returns>
    public static string NameOf(uint? sst, string? sd, string likely = "")
    {
        if (sst is not ({ } type and > 0))
        {
            return "";
        }

        var width = Math.Max(DifferentiatorDigits, sd?.Length ?? 0);
        Span<char> name = width <= MostOnStack ? stackalloc char[TypeDigits + 1 + MostOnStack] : new char[TypeDigits + 1 + width];
        _ = type.TryFormat(name, out var length, default, CultureInfo.InvariantCulture);
        if (!string.IsNullOrEmpty(sd) && !sd.Equals("ffffff", StringComparison.OrdinalIgnoreCase))
        {
            name[length++] = '-';
            name.Slice(length, width - sd.Length).Fill('0');
            sd.AsSpan().ToLowerInvariant(name[(length + width - sd.Length)..]);
            length += width;
        }

        return name[..length].SequenceEqual(likely) ? likely : name[..length].ToString();
    }

    /// <summary>The same form of a name that somebody wrote.</summary>
    public static string NameOf(string written)
    {
        var parts = written.Split('-', 2);
        return uint.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var sst) ? NameOf(sst, parts.Length > 1 ? parts[1] : null) : written;
    }
}
