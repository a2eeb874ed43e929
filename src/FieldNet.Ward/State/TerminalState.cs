using FieldNet.Detection.Identity;
using FieldNet.Telemetry.Network;

namespace FieldNet.Ward.State;

/// <summary>One terminal on the air, by the RNTI that its cell gave it for this attachment.</summary>
/// <remarks>Shape: plain and serialisable. Times: log time.</remarks>
public sealed class TerminalState
{
    /// <summary>Index in <see cref="NetworkState.Cells"/>.</summary>
    public int Cell { get; set; }

    /// <summary>What its gNB said of it last.</summary>
    public required RadioUeFacts Facts { get; set; }

    /// <summary>Name of the source that reported it.</summary>
    public string Source { get; set; } = "";

    /// <summary>0 when it was there before we looked.</summary>
    public long AttachedUs { get; set; }

    public long ReportedUs { get; set; }

    /// <summary>Uplink, bit/s.</summary>
    public VolumeSeries Volume { get; set; } = new();

    /// <summary>The gateway that it most likely is: index in <see cref="NetworkState.Gateways"/>; −1 unknown.</summary>
    public int Gateway { get; set; } = -1;

    public double Score { get; set; }
}
