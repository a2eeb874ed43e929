namespace FieldNet.Ward.State;

/// <summary>A connection that a device has spoken on.</summary>
public sealed class ConnectionUse
{
    public long Number { get; set; }

    /// <summary>It carried more than waveforms.</summary>
    public bool CarriesFacts { get; set; }
}
