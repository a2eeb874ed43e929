using Reported = FieldNet.Telemetry.Messages.DeviceState;

namespace FieldNet.Ward.State;

/// <summary>What a device says it is (its last status).</summary>
public sealed class DeviceIdentity
{
    public Reported State { get; set; }

    /// <summary>Socket time at which it said so.</summary>
    public long StatedUs { get; set; }

    public string Maker { get; set; } = "";

    public string Model { get; set; } = "";

    public string Serial { get; set; } = "";

    public string Firmware { get; set; } = "";

    public bool? OnMains { get; set; }

    public double? BatteryPercent { get; set; }
}
