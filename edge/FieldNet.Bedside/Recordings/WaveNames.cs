namespace FieldNet.Bedside.Recordings;

/// <summary>What the descriptions and units of WFDB headers mean in MDC and UCUM.</summary>
internal static class WaveNames
{
    private static readonly Dictionary<string, string> Signals = new(StringComparer.OrdinalIgnoreCase)
    {
        ["I"] = "MDC_ECG_ELEC_POTL_I",
        ["II"] = "MDC_ECG_ELEC_POTL_II",
        ["MLII"] = "MDC_ECG_ELEC_POTL_II",
        ["III"] = "MDC_ECG_ELEC_POTL_III",
        ["aVR"] = "MDC_ECG_ELEC_POTL_AVR",
        ["aVL"] = "MDC_ECG_ELEC_POTL_AVL",
        ["aVF"] = "MDC_ECG_ELEC_POTL_AVF",
        ["V"] = "MDC_ECG_ELEC_POTL_V",
        ["V1"] = "MDC_ECG_ELEC_POTL_V1",
        ["V2"] = "MDC_ECG_ELEC_POTL_V2",
        ["V3"] = "MDC_ECG_ELEC_POTL_V3",
        ["V4"] = "MDC_ECG_ELEC_POTL_V4",
        ["V5"] = "MDC_ECG_ELEC_POTL_V5",
        ["V6"] = "MDC_ECG_ELEC_POTL_V6",
        // Modified chest leads have no public MDC name: shown under this private one.
        ["MCL"] = "MDC_ECG_ELEC_POTL_MCL1",
        ["MCL1"] = "MDC_ECG_ELEC_POTL_MCL1",
        ["PLETH"] = "MDC_PULS_OXIM_PLETH",
        ["ABP"] = "MDC_PRESS_BLD_ART_ABP",
        ["BP"] = "MDC_PRESS_BLD_ART_ABP",
        ["ART"] = "MDC_PRESS_BLD_ART",
        ["CVP"] = "MDC_PRESS_BLD_VEN_CENT",
        ["PAP"] = "MDC_PRESS_BLD_ART_PULM",
        ["RESP"] = "MDC_IMPED_TTHOR",
        ["RESP. IMP."] = "MDC_IMPED_TTHOR",
        ["CO2"] = "MDC_AWAY_CO2",
    };

    /// <summary>MDC reference id of a signal's description; null if it is none that a bedside sends.</summary>
    public static string? Signal(string description)
    {
        string name = description.Trim();
        foreach (string prefix in (string[])["ECG lead ", "ECG ", "lead "])
        {
            if (name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            {
                name = name[prefix.Length..].Trim();
                break;
            }
        }
        // What export wrote is named by what it is.
        return Signals.GetValueOrDefault(name) ?? (name.StartsWith("MDC_", StringComparison.Ordinal) ? name.Split(' ')[0] : null);
    }

    /// <summary>UCUM for a header's unit; empty for uncalibrated units (NU) of a quantity that has one.</summary>
    public static string Unit(string unit, string signal) => unit.ToUpperInvariant() switch
    {
        "MMHG" => "mm[Hg]",
        "MV" => "mV",
        "UV" => "uV",
        "V" => "V",
        "OHM" or "OHMS" => "Ohm",
        _ => signal == "MDC_PULS_OXIM_PLETH" ? "1" : "",
    };
}
