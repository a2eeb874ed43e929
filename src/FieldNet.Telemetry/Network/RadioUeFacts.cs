namespace FieldNet.Telemetry.Network;

/// <summary>One terminal on the air in the last report period, as the gNB sees it. An RNTI names it only until it attaches again.</summary>
public sealed record RadioUeFacts
{
    public required uint Pci { get; init; }

    public required uint Rnti { get; init; }

    /// <summary>Channel quality indicator, 0 to 15.</summary>
    public double? Cqi { get; init; }

    public double? DlMcs { get; init; }

    public double? UlMcs { get; init; }

    public double? DlBitPerS { get; init; }

    public double? UlBitPerS { get; init; }

    /// <summary>Transport blocks that failed, share of the period's, 0 to 1.</summary>
    public double? DlBlockErrorShare { get; init; }

    public double? UlBlockErrorShare { get; init; }

    /// <summary>Downlink data waiting at the gNB, bytes.</summary>
    public long? DlBufferBytes { get; init; }

    /// <summary>Uplink data waiting at the terminal (buffer status report), bytes.</summary>
    public long? UlBufferBytes { get; init; }

    public double? PuschSnrDb { get; init; }

    public double? PucchSnrDb { get; init; }

    /// <summary>Uplink power left, dB; at or below 0 the terminal already sends with all it has.</summary>
    public double? PowerHeadroomDb { get; init; }

    /// <summary>From the terminal's scheduling request to its grant, milliseconds.</summary>
    public double? SchedulingRequestDelayMs { get; init; }

    /// <summary>Longest time between two uplink grants, and between two downlink transmissions, milliseconds.</summary>
    public double? LongestUlGapMs { get; init; }

    public double? LongestDlGapMs { get; init; }

    /// <summary>Mean time that its downlink packets waited in the link layer's queue (DRB.RlcSduDelayDl), milliseconds.</summary>
    public double? DlQueueDelayMs { get; init; }

    /// <summary>Downlink packets that the link layer gave up in the period.</summary>
    public long? DlPacketsDropped { get; init; }

    /// <summary>Uplink pieces of packets that the link layer never got in the period.</summary>
    public long? UlPiecesLost { get; init; }

    public double? TimingAdvanceNs { get; init; }
}
