namespace FieldNet.Ward.State;

/// <summary>The private 5G network as far as gateways, gNBs and the core have told of it, and who speaks over what.</summary>
/// <remarks>Shape: plain and serialisable; part of a checkpoint. Cells and slices appear as they are named, and stay.</remarks>
public sealed class NetworkState
{
    /// <summary>By the index in <see cref="PathState.Over"/>: planned ones first, then in order of first report.</summary>
    public List<GatewayState> Gateways { get; set; } = [];

    /// <summary>By the index in <see cref="PathState.Cell"/>.</summary>
    public List<CellState> Cells { get; set; } = [];

    /// <summary>By the index in <see cref="PathState.Slice"/>.</summary>
    public List<SliceState> Slices { get; set; } = [];

    /// <summary>Terminals on the air, in the order in which they came.</summary>
    public List<TerminalState> Terminals { get; set; } = [];

    /// <summary>By session, in order of first report.</summary>
    public List<ProbeState> Probes { get; set; } = [];

    /// <summary>The alarm path of each ward, in order of the first TEST alarm.</summary>
    public List<WatchdogState> Watchdogs { get; set; } = [];

    /// <summary>In order of first report.</summary>
    public List<SourceState> Sources { get; set; } = [];
}
