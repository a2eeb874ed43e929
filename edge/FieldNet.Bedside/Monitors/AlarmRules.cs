using static FieldNet.Telemetry.Messages.AlarmKind;
using static FieldNet.Telemetry.Messages.AlarmPriority;

namespace FieldNet.Bedside.Monitors;

/// <summary>What the simulated monitor alarms on.</summary>
/// <remarks>
/// Source: IEEE 11073-10101 partition 3 event codes seen in public vendor lists; priorities and delays are usual start settings of adult intensive
/// care, for simulation only. A code of ventricular fibrillation is not public: 0.
/// </remarks>
internal static class AlarmRules
{
    private const string Ecg = "MDC_ECG_HEART_RATE", Saturation = "MDC_PULS_OXIM_SAT_O2", Breath = "MDC_TTHOR_RESP_RATE";
    private const string Above = "MDC_EVT_HI_VAL_GT_LIM", Below = "MDC_EVT_LO_VAL_LT_LIM";
    private const uint AboveCode = 196652, BelowCode = 196674;

    public static readonly AlarmRule
        Asystole = new("asystole", "MDC_EVT_ECG_ASYSTOLE", 199684, Ecg, Physiological, High, "Asystole", 0),
        Fibrillation = new("vf", "MDC_EVT_ECG_V_FIB", 0, Ecg, Physiological, High, "Ventricular fibrillation", 0),
        Tachycardia = new("vt", "MDC_EVT_ECG_V_TACHY", 199832, Ecg, Physiological, High, "Ventricular tachycardia", 0, "/min"),
        ExtremeBradycardia = new("brady", "MDC_EVT_ECG_BRADY_EXTREME", 199694, Ecg, Physiological, High, "Extreme bradycardia", 0, "/min"),
        ExtremeTachycardia = new("tachy", "MDC_EVT_ECG_TACHY_EXTREME", 199730, Ecg, Physiological, High, "Extreme tachycardia", 4, "/min"),
        VentricularRun = new("pvc-run", "MDC_EVT_ECG_V_P_C_RUN", 199820, Ecg, Physiological, Medium, "Run of PVCs", 0),
        RateHigh = new("hr-high", Above, AboveCode, Ecg, Physiological, Medium, "HR high", 5, "/min"),
        RateLow = new("hr-low", Below, BelowCode, Ecg, Physiological, Medium, "HR low", 5, "/min"),
        Desaturation = new("desat", "MDC_EVT_DESAT", 199854, Saturation, Physiological, High, "Desaturation", 4, "%"),
        SaturationLow = new("spo2-low", Below, BelowCode, Saturation, Physiological, Medium, "SpO2 low", 10, "%"),
        Apnoea = new("apnoea", "MDC_EVT_APNEA", 199680, Breath, Physiological, High, "Apnoea", 0),
        BreathsHigh = new("rr-high", Above, AboveCode, Breath, Physiological, Medium, "RR high", 8, "/min"),
        BreathsLow = new("rr-low", Below, BelowCode, Breath, Physiological, Medium, "RR low", 8, "/min"),
        PressureHigh = new("abp-high", Above, AboveCode, "MDC_PRESS_BLD_ART_ABP_SYS", Physiological, Medium, "ABP systolic high", 6, "mm[Hg]"),
        PressureLow = new("abp-low", Below, BelowCode, "MDC_PRESS_BLD_ART_ABP_SYS", Physiological, Medium, "ABP systolic low", 6, "mm[Hg]"),
        MeanLow = new("map-low", Below, BelowCode, "MDC_PRESS_BLD_ART_ABP_MEAN", Physiological, Medium, "ABP mean low", 6, "mm[Hg]"),
        LeadsOff = new("leads-off", "MDC_EVT_LEADS_OFF", 196882, "MDC_ECG_ELEC_POTL_II", Technical, Low, "ECG leads off", 2),
        ProbeOff = new("probe-off", "MDC_EVT_SENSOR_DISCONN", 196916, "MDC_PULS_OXIM_PLETH", Technical, Low, "SpO2 sensor off", 2),
        LineOff = new("line-off", "MDC_EVT_MSMT_DISCONN", 196960, "MDC_PRESS_BLD_ART_ABP", Technical, High, "ABP disconnected", 2);
}
