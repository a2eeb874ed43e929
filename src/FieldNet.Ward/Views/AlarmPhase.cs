namespace FieldNet.Ward.Views;

/// <summary>Where an alarm condition stands in its life cycle (IEC 60601-1-8, ISA-18.2).</summary>
public enum AlarmPhase : byte
{
    Normal = 0,
    ActiveUnacknowledged,
    ActiveAcknowledged,

    /// <summary>Ended, but its signals go on until a person resets them at the device.</summary>
    Latched,

    /// <summary>The source is silent or no longer confirms it: neither present nor cleared.</summary>
    Unknown,
}
