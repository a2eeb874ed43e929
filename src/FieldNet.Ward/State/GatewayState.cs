using FieldNet.Detection.Identity;
using FieldNet.Ward.Views;

namespace FieldNet.Ward.State;

/// <summary>One gateway, heard or only planned: whom it serves, and the chain from it to its flow in the 5G network.</summary>
/// <remarks>Shape: plain and serialisable; part of a checkpoint. What is not known is null, empty or −1.</remarks>
public sealed class GatewayState
{
    /// <summary>In <see cref="NetworkState.Gateways"/>.</summary>
    public int Index { get; set; }

    /// <summary>Index in <see cref="WardState.Devices"/>; −1 until it is heard.</summary>
    public int Device { get; set; } = -1;

    /// <summary><c>ward/bed/device</c>, with the site before it if that is not the unit's own.</summary>
    public string Key { get; set; } = "";

    public bool Planned { get; set; }

    /// <summary>Log time of its last report; 0 never.</summary>
    public long ReportedUs { get; set; }

    /// <summary>In the order in which they were named first.</summary>
    public List<ServedState> Serves { get; set; } = [];

    /// <summary>Names in its last report beyond what is kept.</summary>
    public int Unkept { get; set; }

    /// <summary>By <see cref="GatewayStep"/>.</summary>
    public StepState[] Steps { get; set; } = [new(), new(), new(), new(), new(), new()];

    /// <summary>What was different before, oldest first, at most <see cref="WardLimits.IdentityChanges"/>.</summary>
    public List<IdentityChange> History { get; set; } = [];

    /// <summary>Index in <see cref="NetworkState.Cells"/> and in <see cref="NetworkState.Slices"/>.</summary>
    public int Cell { get; set; } = -1;

    public int Slice { get; set; } = -1;

    public RadioState Radio { get; set; } = new();

    public string Iccid { get; set; } = "";

    public string ImsiHash { get; set; } = "";

    /// <summary>When it came to its cell, log time; 0 when it was there before we looked.</summary>
    public long AttachedUs { get; set; }

    /// <summary>Uplink of all behind it as we received it, bit/s, a value for each report of its cell.</summary>
    public VolumeSeries Volume { get; set; } = new();

    /// <summary>Bytes up to the last of them, and when that was.</summary>
    public long VolumeBytes { get; set; }

    public long VolumeUs { get; set; }

    /// <summary>The class of service in use, as <see cref="GatewayStep.FiveQi"/> has it, at hand for every message; null unknown.</summary>
    public uint? FiveQi { get; set; }

    public StepState this[GatewayStep step] => Steps[(int)step];
}
