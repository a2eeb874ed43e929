namespace FieldNet.Telemetry.Messages;

/// <summary>How the sender's clock is kept (wire contract, <c>Stamp.Clock</c>).</summary>
public enum ClockKind : byte
{
    Unspecified = 0,
    FreeRunning = 1,
    Ntp = 2,
    Ptp = 3,
}
