using System.Globalization;
using FieldNet.Detection.Radio;
using FieldNet.Ward.Events;

namespace FieldNet.Ward.State;

/// <summary>One slice.</summary>
public sealed class SliceState
{
    /// <summary><c>SST</c> or <c>SST-SD</c>, the differentiator as six lower-case hexadecimal digits: the name in events' subjects.</summary>
    public string Name { get; set; } = "";

    /// <summary>Share of its resource blocks in use, where a source says it, and when it did.</summary>
    public double? BlockShare { get; set; }

    public long BlockShareUs { get; set; }

    public Congestion Congested;

    public Episode? CongestedEpisode { get; set; }

    /// <returns>Empty when the type of slice is unknown.</returns>
    public static string NameOf(uint? sst, string? sd)
    {
        var differentiator = string.IsNullOrEmpty(sd) || sd.Equals("ffffff", StringComparison.OrdinalIgnoreCase) ? "" : "-" + sd.ToLowerInvariant().PadLeft(6, '0');
        return sst is { } type and > 0 ? string.Create(CultureInfo.InvariantCulture, $"{type}{differentiator}") : "";
    }

    /// <summary>The same form of a name that somebody wrote.</summary>
    public static string NameOf(string written)
    {
        var parts = written.Split('-', 2);
        return uint.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var sst) ? NameOf(sst, parts.Length > 1 ? parts[1] : null) : written;
    }
}
