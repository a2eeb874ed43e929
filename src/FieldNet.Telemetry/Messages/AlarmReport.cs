namespace FieldNet.Telemetry.Messages;

/// <summary>What a device says about its alarm conditions.</summary>
/// <remarks>Rare beside waveforms and vitals: decoding may allocate, once per report.</remarks>
public sealed class AlarmReport
{
    public Stamp Stamp;

    /// <summary>The conditions are the whole set: what is not in it has ended.</summary>
    public bool Complete { get; set; }

    public List<AlarmCondition> Conditions { get; } = [];

    /// <summary>The device sent more than are read; the most urgent are here, and what is not has not therefore ended.</summary>
    public bool Truncated { get; set; }
}
