namespace FieldNet.Telemetry.Signals.Standard;

/// <summary>Waveforms of monitors and ventilators.</summary>
/// <remarks>Source: IEEE 11073-10101 codes as seen in public vendor lists (docs/protocol.md).</remarks>
internal static class Waveforms
{
    public static readonly Signal[] Signals =
    [
        Ecg(131329, "MDC_ECG_ELEC_POTL_I", "I"),
        Ecg(131330, "MDC_ECG_ELEC_POTL_II", "II"),
        Ecg(131389, "MDC_ECG_ELEC_POTL_III", "III"),
        Ecg(131390, "MDC_ECG_ELEC_POTL_AVR", "aVR"),
        Ecg(131391, "MDC_ECG_ELEC_POTL_AVL", "aVL"),
        Ecg(131392, "MDC_ECG_ELEC_POTL_AVF", "aVF"),
        Ecg(131395, "MDC_ECG_ELEC_POTL_V", "V"),
        Ecg(131331, "MDC_ECG_ELEC_POTL_V1", "V1"),
        Ecg(131332, "MDC_ECG_ELEC_POTL_V2", "V2"),
        Ecg(131333, "MDC_ECG_ELEC_POTL_V3", "V3"),
        Ecg(131334, "MDC_ECG_ELEC_POTL_V4", "V4"),
        Ecg(131335, "MDC_ECG_ELEC_POTL_V5", "V5"),
        Ecg(131336, "MDC_ECG_ELEC_POTL_V6", "V6"),

        // A plethysmogram has no physical scale, so nothing is outside it.
        Wave(150452, "MDC_PULS_OXIM_PLETH", "1", "Pleth", "Pléth", double.NegativeInfinity, double.PositiveInfinity, 0),

        Pressure(150036, "MDC_PRESS_BLD_ART_ABP", "ABP", "PA"),
        Pressure(150032, "MDC_PRESS_BLD_ART", "ART", "ART"),
        Pressure(150084, "MDC_PRESS_BLD_VEN_CENT", "CVP", "PVC"),
        Pressure(150044, "MDC_PRESS_BLD_ART_PULM", "PAP", "PAP"),

        Wave(151780, "MDC_IMPED_TTHOR", "Ohm", "Resp imp.", "Resp thor.", -10_000, 10_000, 1),
        Wave(151552, "MDC_RESP", "Ohm", "Resp", "Resp", -10_000, 10_000, 1),
        Wave(151724, "MDC_AWAY_CO2", "mm[Hg]", "CO2", "CO2", -60, 400, 0),
        Wave(151792, "MDC_PRESS_AWAY", "cm[H2O]", "Paw", "Paw", -60, 400, 0),
        Wave(151764, "MDC_FLOW_AWAY", "L/min", "Flow", "Débit VA", -500, 500, 0),
    ];

    private static Signal Ecg(uint code, string id, string lead) => Wave(code, id, "mV", $"ECG {lead}", $"ECG {lead}", -50, 50, 2);

    private static Signal Pressure(uint code, string id, string en, string fr) => Wave(code, id, "mm[Hg]", en, fr, -60, 400, 0);

    private static Signal Wave(uint code, string id, string unit, string en, string fr, double lowest, double highest, int decimals) =>
        SignalRow.Of(SignalKind.Wave, code, id, unit, en, fr, lowest, highest, decimals);
}
