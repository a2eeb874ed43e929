namespace FieldNet.Telemetry.Messages;

/// <summary>State of a device (wire contract, <c>DeviceStatus.State</c>).</summary>
public enum DeviceState : byte
{
    Unspecified = 0,
    Online = 1,
    Standby = 2,
    Transport = 3,
    Service = 4,
    Offline = 5,
}
