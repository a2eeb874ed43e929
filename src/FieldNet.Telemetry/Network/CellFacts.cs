namespace FieldNet.Telemetry.Network;

/// <summary>One radio cell in the last report period.</summary>
public sealed record CellFacts
{
    /// <summary>Physical cell id.</summary>
    public required uint Pci { get; init; }

    /// <summary>NR cell identity, if the source knows it.</summary>
    public ulong? NrCellId { get; init; }

    /// <summary>Share of downlink resource blocks in use, 0 to 1.</summary>
    public double? PrbDlShare { get; init; }

    /// <summary>Share of uplink resource blocks in use, 0 to 1.</summary>
    public double? PrbUlShare { get; init; }

    /// <summary>Allocations on the control channel that failed in the period.</summary>
    public long? FailedPdcchAllocations { get; init; }

    public long? FailedUciAllocations { get; init; }

    /// <summary>Random access attempts that failed at message 3 in the period.</summary>
    public long? Msg3Failed { get; init; }

    public long? ErrorIndications { get; init; }

    public long? LateHarqs { get; init; }

    /// <summary>Scheduler's own time per slot, microseconds.</summary>
    public double? SchedulerLatencyUs { get; init; }
}
