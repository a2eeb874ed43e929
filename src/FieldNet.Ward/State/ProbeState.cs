using FieldNet.Telemetry.Network;

namespace FieldNet.Ward.State;

/// <summary>One active probe and its last second.</summary>
/// <remarks>Shape: plain and serialisable. Times: log time.</remarks>
public sealed class ProbeState
{
    public string Session { get; set; } = "";

    /// <summary>A gateway's <c>ward/bed/device</c>, or a part of the network (<c>core</c>, <c>backhaul</c>).</summary>
    public string Target { get; set; } = "";

    public required ProbeReport Newest { get; set; }

    public long ReportedUs { get; set; }

    /// <summary>Since when nothing has come back, though it was sent; 0 while something does.</summary>
    public long DarkSinceUs { get; set; }
}
