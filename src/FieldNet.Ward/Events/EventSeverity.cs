namespace FieldNet.Ward.Events;

/// <summary>Severity of an event. Public spelling: lower case.</summary>
public enum EventSeverity : byte
{
    Info = 0,
    Low,
    Medium,
    High,
}
