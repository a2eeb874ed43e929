namespace FieldNet.Telemetry.Messages;

/// <summary>Priority of an alarm condition (IEC 60601-1-8). Greater is more urgent; the sender decides, FieldNet never recomputes it.</summary>
public enum AlarmPriority : byte
{
    Unspecified = 0,
    Low = 1,
    Medium = 2,
    High = 3,
}
