namespace FieldNet.Telemetry.Signals.Standard;

/// <summary>What a device is and how it is powered.</summary>
/// <remarks>Source: IEEE 11073-10101 codes as seen in public vendor lists (docs/protocol.md).</remarks>
internal static class DeviceFacts
{
    public static readonly Signal[] Signals =
    [
        Device(67996, "MDC_ATTR_VAL_BATT_CHARGE", "%", "Battery", "Batterie", 100),
        Device(67976, "MDC_ATTR_TIME_BATT_REMAIN", "min", "Batt. time", "Autonomie", 1_000_000),
        Device(67925, "MDC_ATTR_POWER_STAT", "", "Mains", "Secteur", uint.MaxValue),
        Device(69965, "MDC_DEV_MON_PHYSIO_MULTI_PARAM_MDS", "", "Monitor", "Moniteur", uint.MaxValue),
        Device(69985, "MDC_DEV_PUMP_INFUS_MDS", "", "Pump", "Pompe", uint.MaxValue),
        Device(69986, "MDC_DEV_PUMP_INFUS_VMD", "", "Pump unit", "Module pompe", uint.MaxValue),
        Device(126977, "MDC_DEV_PUMP_INFUS_CHAN_SOURCE", "", "Source", "Source", uint.MaxValue),
        Device(126978, "MDC_DEV_PUMP_INFUS_CHAN_DELIVERY", "", "Line", "Voie", uint.MaxValue),
    ];

    private static Signal Device(uint code, string id, string unit, string en, string fr, double highest) =>
        SignalRow.Of(SignalKind.Device, code, id, unit, en, fr, 0, highest, 0);
}
