namespace FieldNet.Telemetry.Signals.Standard;

/// <summary>Numbers that a patient monitor measures.</summary>
/// <remarks>
/// Units: bounds are what the quantity can be at all, not what is healthy.
/// Source: IEEE 11073-10101 codes as seen in public vendor lists (docs/protocol.md).
/// </remarks>
internal static class MonitorNumerics
{
    public static readonly Signal[] Signals =
    [
        Rate(147842, "MDC_ECG_HEART_RATE", "HR", "FC", 400),
        Rate(147850, "MDC_ECG_CARD_BEAT_RATE_BTB", "HR beat", "FC batt.", 400),
        Rate(148066, "MDC_ECG_V_P_C_RATE", "PVC/min", "ESV/min", 400),
        Rate(149530, "MDC_PULS_OXIM_PULS_RATE", "Pulse SpO2", "Pouls SpO2", 400),
        Rate(149514, "MDC_PULS_RATE", "Pulse", "Pouls", 400),
        Rate(149546, "MDC_PULS_RATE_NON_INV", "Pulse NIBP", "Pouls PNI", 400),
        Rate(151562, "MDC_RESP_RATE", "RR", "FR", 200),
        Rate(151578, "MDC_TTHOR_RESP_RATE", "RR imp.", "FR thor.", 200),
        Rate(151570, "MDC_AWAY_RESP_RATE", "RR airway", "FR VA", 200),
        Rate(151594, "MDC_CO2_RESP_RATE", "RR CO2", "FR CO2", 200),

        Percent(150456, "MDC_PULS_OXIM_SAT_O2", "SpO2", "SpO2", 0),
        Percent(150448, "MDC_PULS_OXIM_PERF_REL", "PI", "IP", 1),
        Percent(150332, "MDC_SAT_O2_VEN", "SvO2", "SvO2", 0),

        Pressure(150021, "MDC_PRESS_BLD_NONINV_SYS", "NIBP sys", "PNI sys"),
        Pressure(150022, "MDC_PRESS_BLD_NONINV_DIA", "NIBP dia", "PNI dia"),
        Pressure(150023, "MDC_PRESS_BLD_NONINV_MEAN", "NIBP mean", "PNI moy"),
        Pressure(150037, "MDC_PRESS_BLD_ART_ABP_SYS", "ABP sys", "PAs"),
        Pressure(150038, "MDC_PRESS_BLD_ART_ABP_DIA", "ABP dia", "PAd"),
        Pressure(150039, "MDC_PRESS_BLD_ART_ABP_MEAN", "ABP mean", "PAM"),
        Pressure(150033, "MDC_PRESS_BLD_ART_SYS", "ART sys", "ART sys"),
        Pressure(150034, "MDC_PRESS_BLD_ART_DIA", "ART dia", "ART dia"),
        Pressure(150035, "MDC_PRESS_BLD_ART_MEAN", "ART mean", "ART moy"),
        Pressure(150045, "MDC_PRESS_BLD_ART_PULM_SYS", "PAP sys", "PAP sys"),
        Pressure(150046, "MDC_PRESS_BLD_ART_PULM_DIA", "PAP dia", "PAP dia"),
        Pressure(150047, "MDC_PRESS_BLD_ART_PULM_MEAN", "PAP mean", "PAP moy"),
        Pressure(150087, "MDC_PRESS_BLD_VEN_CENT_MEAN", "CVP", "PVC"),
        Pressure(153611, "MDC_PRESS_INTRA_CRAN_MEAN", "ICP", "PIC"),
        Pressure(153604, "MDC_PRESS_CEREB_PERF", "CPP", "PPC"),

        Temperature(150344, "MDC_TEMP", "Temp", "T°"),
        Temperature(150368, "MDC_TEMP_CORE", "T core", "T° centrale"),
        Temperature(150388, "MDC_TEMP_SKIN", "T skin", "T° peau"),
        Temperature(150372, "MDC_TEMP_ESOPH", "T oesoph.", "T° oesoph."),
        Temperature(188420, "MDC_TEMP_RECT", "T rectal", "T° rectale"),

        Numeric(151728, "MDC_AWAY_CO2_ET", "mm[Hg]", "EtCO2", "EtCO2", 0, 300, 0),
        Numeric(151716, "MDC_CONC_AWAY_CO2_INSP", "mm[Hg]", "FiCO2", "FiCO2", 0, 300, 0),
        Numeric(150276, "MDC_OUTPUT_CARD", "L/min", "CO", "DC", 0, 50, 1),

        Deviation(131841, "MDC_ECG_AMPL_ST_I", "ST I"),
        Deviation(131842, "MDC_ECG_AMPL_ST_II", "ST II"),
        Deviation(131901, "MDC_ECG_AMPL_ST_III", "ST III"),
        Deviation(131843, "MDC_ECG_AMPL_ST_V1", "ST V1"),
        Deviation(131844, "MDC_ECG_AMPL_ST_V2", "ST V2"),
        Deviation(131845, "MDC_ECG_AMPL_ST_V3", "ST V3"),
        Deviation(131846, "MDC_ECG_AMPL_ST_V4", "ST V4"),
        Deviation(131847, "MDC_ECG_AMPL_ST_V5", "ST V5"),
        Deviation(131848, "MDC_ECG_AMPL_ST_V6", "ST V6"),
    ];

    private static Signal Rate(uint code, string id, string en, string fr, double highest) => Numeric(code, id, "/min", en, fr, 0, highest, 0);

    private static Signal Percent(uint code, string id, string en, string fr, int decimals) => Numeric(code, id, "%", en, fr, 0, 100, decimals);

    private static Signal Pressure(uint code, string id, string en, string fr) => Numeric(code, id, "mm[Hg]", en, fr, -60, 400, 0);

    private static Signal Temperature(uint code, string id, string en, string fr) => Numeric(code, id, "Cel", en, fr, 0, 50, 1);

    private static Signal Deviation(uint code, string id, string label) => Numeric(code, id, "mm", label, label, -50, 50, 1);

    private static Signal Numeric(uint code, string id, string unit, string en, string fr, double lowest, double highest, int decimals) =>
        SignalRow.Of(SignalKind.Numeric, code, id, unit, en, fr, lowest, highest, decimals);
}
