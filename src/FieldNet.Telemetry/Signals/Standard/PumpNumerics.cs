namespace FieldNet.Telemetry.Signals.Standard;

/// <summary>What an infusion pump reports.</summary>
/// <remarks>Source: IEEE 11073-10101 codes as seen in public vendor lists (docs/protocol.md).</remarks>
internal static class PumpNumerics
{
    public static readonly Signal[] Signals =
    [
        Pump(157784, "MDC_FLOW_FLUID_PUMP", "mL/h", "Rate set", "Débit prog.", 0, 100_000, 1),
        Pump(158014, "MDC_FLOW_FLUID_PUMP_CURRENT", "mL/h", "Rate", "Débit", 0, 100_000, 1),

        Volume(157884, "MDC_VOL_FLUID_TBI", "VTBI", "VAI"),
        Volume(157872, "MDC_VOL_FLUID_TBI_REMAIN", "Vol. left", "Vol. rest."),
        Volume(157864, "MDC_VOL_FLUID_DELIV", "Delivered", "Vol. délivré"),
        Volume(157993, "MDC_VOL_FLUID_DELIV_TOTAL", "Vol. total", "Vol. total"),
        Volume(157992, "MDC_VOL_FLUID_DELIV_SEGMENT", "Vol. segm.", "Vol. segm."),
        Volume(157948, "MDC_VOL_INFUS_ACTUAL_TOTAL", "Infused", "Vol. perfusé"),

        Pump(157916, "MDC_TIME_PD_REMAIN", "s", "Time left", "Tps restant", 0, 100_000_000, 0),
        Pump(157996, "MDC_TIME_PD_PROG", "s", "Time set", "Durée prog.", 0, 100_000_000, 0),
        Pump(157924, "MDC_RATE_DOSE", "ug/kg/min", "Dose", "Dose", 0, 1_000_000, 2),
        Pump(157760, "MDC_CONC_DRUG", "mg/mL", "Conc.", "Conc.", 0, 1_000_000, 2),

        Code(184514, "MDC_DRUG_NAME_LABEL", "Drug", "Médicament"),
        Code(158005, "MDC_PUMP_CURRENT_DELIVERY_STATUS", "Delivery", "Perfusion"),
        Code(184508, "MDC_PUMP_STAT", "Pump", "État"),
    ];

    private static Signal Volume(uint code, string id, string en, string fr) => Pump(code, id, "mL", en, fr, 0, 1_000_000, 1);

    private static Signal Code(uint code, string id, string en, string fr) => Pump(code, id, "", en, fr, 0, uint.MaxValue, 0);

    private static Signal Pump(uint code, string id, string unit, string en, string fr, double lowest, double highest, int decimals) =>
        SignalRow.Of(SignalKind.Pump, code, id, unit, en, fr, lowest, highest, decimals);
}
