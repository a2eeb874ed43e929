namespace FieldNet.Telemetry.Topics;

/// <summary>Which message a topic of the contract carries.</summary>
public enum MessageKind : byte
{
    None = 0,
    Wave,
    Vitals,
    Alarm,
    Status,
    Link,
}
