namespace FieldNet.Telemetry.Messages;

/// <summary>A device's own account of itself; also its Will.</summary>
public sealed class DeviceStatus
{
    public Stamp Stamp;

    public DeviceState State { get; set; }

    public string Maker { get; set; } = "";

    public string Model { get; set; } = "";

    public string Serial { get; set; } = "";

    public string Udi { get; set; } = "";

    public string Firmware { get; set; } = "";

    public bool? OnMains { get; set; }

    public double? BatteryPercent { get; set; }

    public List<string> Signals { get; } = [];

    internal void Reset()
    {
        Stamp = default;
        State = DeviceState.Unspecified;
        Maker = Model = Serial = Udi = Firmware = "";
        OnMains = null;
        BatteryPercent = null;
        Signals.Clear();
    }
}
