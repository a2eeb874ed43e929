namespace FieldNet.Telemetry.Messages;

/// <summary>Inactivation state of an alarm at the device (IEC 60601-1-8, IHE ACM).</summary>
public enum AlarmInactivation : byte
{
    Enabled = 0,
    AudioPaused = 1,
    AudioOff = 2,
    AlarmPaused = 3,
    AlarmOff = 4,
    Acknowledged = 5,
}
