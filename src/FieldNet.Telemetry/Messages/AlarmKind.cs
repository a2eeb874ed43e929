namespace FieldNet.Telemetry.Messages;

/// <summary>Kind of an alarm condition (IEC 60601-1-8).</summary>
public enum AlarmKind : byte
{
    Unspecified = 0,
    Physiological = 1,
    Technical = 2,
    Advisory = 3,
}
