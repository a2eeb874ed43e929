namespace FieldNet.Ward.State;

/// <summary>A device that a gateway, or the plan for it, names as being behind it.</summary>
/// <remarks>Shape: plain and serialisable.</remarks>
public sealed class ServedState
{
    /// <summary><c>bed/device</c>.</summary>
    public string Name { get; set; } = "";

    /// <summary>Index in <see cref="WardState.Devices"/>; −1 until that device is heard.</summary>
    public int Device { get; set; } = -1;

    /// <summary>Log time since when the gateway itself names it; 0 when only the plan does.</summary>
    public long SinceUs { get; set; }

    public bool Planned { get; set; }
}
