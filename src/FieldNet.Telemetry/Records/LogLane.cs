namespace FieldNet.Telemetry.Records;

/// <summary>The two lanes of the log: one numbering, two sets of segment files.</summary>
public enum LogLane : byte
{
    /// <summary>Everything but waveforms: small, precious, long kept.</summary>
    Facts = 0,

    /// <summary>Waveforms.</summary>
    Waves = 1,
}
