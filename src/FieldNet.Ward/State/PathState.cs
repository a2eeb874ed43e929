namespace FieldNet.Ward.State;

/// <summary>Over what a device speaks: where it hangs in the tree backhaul, core, cell, gateway, device.</summary>
/// <remarks>Shape: plain and serialisable. −1 is unknown. A gateway's own path has itself as its gateway.</remarks>
public struct PathState
{
    public PathState()
    {
    }

    /// <summary>Index in <see cref="WardState.Devices"/>; −1 also while its gateway is only planned and was never heard.</summary>
    public int Gateway { get; set; } = -1;

    /// <summary>The same gateway, heard or not: index in <see cref="NetworkState.Gateways"/>.</summary>
    public int Over { get; set; } = -1;

    /// <summary>Index in <see cref="NetworkState.Cells"/>.</summary>
    public int Cell { get; set; } = -1;

    /// <summary>Index in <see cref="NetworkState.Slices"/>.</summary>
    public int Slice { get; set; } = -1;
}
