namespace FieldNet.Telemetry.Signals.Standard;

/// <summary>Numbers that a ventilator measures.</summary>
/// <remarks>
/// Source: IEEE 11073-10101 codes as seen in public vendor lists (docs/protocol.md). The spontaneous rate's code was seen,
/// its reference id was not and is built like its neighbour's.
/// </remarks>
internal static class VentilatorNumerics
{
    public static readonly Signal[] Signals =
    [
        Pressure(151976, "MDC_VENT_PRESS_AWAY_END_EXP_POS", "PEEP", "PEP"),
        Pressure(151808, "MDC_PRESS_AWAY_END_EXP_POS_INTRINSIC", "PEEPi", "PEPi"),
        Pressure(151973, "MDC_VENT_PRESS_AWAY_MAX", "Pmax", "Pmax"),
        Pressure(151817, "MDC_PRESS_AWAY_INSP_MAX", "Pmax insp.", "Pmax insp."),
        Pressure(151975, "MDC_VENT_PRESS_AWAY_MEAN", "Pmean", "Pmoy"),
        Pressure(151819, "MDC_PRESS_AWAY_INSP_MEAN", "Pmean insp.", "Pmoy insp."),
        Pressure(152424, "MDC_VENT_PRESS_RESP_PLAT", "Pplat", "Pplat"),
        Pressure(151784, "MDC_PRESS_RESP_PLAT", "Pplat resp.", "Pplat resp."),

        Vent(151868, "MDC_VOL_AWAY_TIDAL", "mL", "Vt", "Vt", 0, 10_000, 0),
        Vent(151880, "MDC_VOL_MINUTE_AWAY", "L/min", "MV", "VM", 0, 200, 1),
        Vent(152196, "MDC_CONC_AWAY_O2_INSP", "%", "FiO2", "FiO2", 0, 100, 0),
        Vent(152490, "MDC_VENT_RESP_RATE_TOTAL", "/min", "RR total", "FR totale", 0, 200, 0),
        Vent(152498, "MDC_VENT_RESP_RATE_SPONT", "/min", "RR spont.", "FR spont.", 0, 200, 0),
        Vent(151832, "MDC_RATIO_IE", "1", "I:E", "I:E", 0, 100, 2),
        Vent(151688, "MDC_COMPL_LUNG", "mL/cm[H2O]", "Compl.", "Compl.", 0, 1_000, 0),
        Vent(152432, "MDC_VENT_VOL_LEAK", "mL", "Leak", "Fuite", 0, 100_000, 0),
    ];

    private static Signal Pressure(uint code, string id, string en, string fr) => Vent(code, id, "cm[H2O]", en, fr, -60, 400, 0);

    private static Signal Vent(uint code, string id, string unit, string en, string fr, double lowest, double highest, int decimals) =>
        SignalRow.Of(SignalKind.Ventilator, code, id, unit, en, fr, lowest, highest, decimals);
}
