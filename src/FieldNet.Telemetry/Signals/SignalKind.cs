namespace FieldNet.Telemetry.Signals;

/// <summary>What a signal is: a number, a waveform, or a fact about a device.</summary>
public enum SignalKind : byte
{
    Numeric = 0,
    Wave,
    Ventilator,
    Pump,
    Device,
    Unknown,
}
