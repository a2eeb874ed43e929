using System.Globalization;
using FieldNet.Detection.Radio;
using FieldNet.Telemetry.Network;
using FieldNet.Ward.Events;

namespace FieldNet.Ward.State;

/// <summary>One radio cell.</summary>
public sealed class CellState
{
    /// <summary>The plan's name; else the NR cell identity in hexadecimal where one is known, else <c>pci-N</c>: the name in events' subjects.</summary>
    public string Name { get; set; } = "";

    public bool IsPlanned { get; set; }

    public ulong? NrCellId { get; set; }

    public uint? Pci { get; set; }

    /// <summary>Name of the source that reads its gNB; empty while unknown.</summary>
    public string Source { get; set; } = "";

    /// <summary>The AMF's name for its gNB; empty while unknown.</summary>
    public string GnbId { get; set; } = "";

    /// <summary>What its gNB said of it last, and when (log time).</summary>
    public CellFacts? Facts { get; set; }

    public long ReportedUs { get; set; }

    public Congestion Congested;

    public Episode? CongestedEpisode { get; set; }

    /// <param name="likely">Returned itself when it is that name: each report asks again.</param>
    public static string NameOf(ulong? nrCellId, uint? pci, string likely)
    {
        Span<char> name = stackalloc char[16];
        var length = 0;
        _ = nrCellId is { } id
            ? id.TryFormat(name, out length, "x", CultureInfo.InvariantCulture)
            : name.TryWrite(CultureInfo.InvariantCulture, $"pci-{pci}", out length);
        return name[..length].SequenceEqual(likely) ? likely : name[..length].ToString();
    }
}
