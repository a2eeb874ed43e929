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

    public static string NameOf(ulong? nrCellId, uint? pci) => nrCellId is { } id
        ? id.ToString("x", CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"pci-{pci}");
}
