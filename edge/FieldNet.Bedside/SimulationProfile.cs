namespace FieldNet.Bedside;

/// <summary>What each simulated bed sends.</summary>
public enum SimulationProfile
{
    /// <summary>Waveforms, numbers, alarms, status.</summary>
    Full = 0,

    /// <summary>Numbers, alarms, status; one connection a bed.</summary>
    Numerics,
}
