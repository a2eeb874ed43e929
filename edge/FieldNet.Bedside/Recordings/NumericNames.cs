namespace FieldNet.Bedside.Recordings;

/// <summary>What the descriptions of slow WFDB signals (a value every second or minute) mean in MDC and UCUM.</summary>
internal static class NumericNames
{
    /// <summary>Signals of fewer samples a second are numbers, not waveforms.</summary>
    public const double MostPerSecond = 2;

    private static readonly Dictionary<string, (string Signal, string Unit)> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["HR"] = ("MDC_ECG_HEART_RATE", "/min"),
        ["PULSE"] = ("MDC_PULS_OXIM_PULS_RATE", "/min"),
        ["SpO2"] = ("MDC_PULS_OXIM_SAT_O2", "%"),
        ["%SpO2"] = ("MDC_PULS_OXIM_SAT_O2", "%"),
        ["RESP"] = ("MDC_TTHOR_RESP_RATE", "/min"),
        ["RR"] = ("MDC_TTHOR_RESP_RATE", "/min"),
        ["ABPSys"] = ("MDC_PRESS_BLD_ART_ABP_SYS", "mm[Hg]"),
        ["ABPDias"] = ("MDC_PRESS_BLD_ART_ABP_DIA", "mm[Hg]"),
        ["ABPMean"] = ("MDC_PRESS_BLD_ART_ABP_MEAN", "mm[Hg]"),
        ["NBPSys"] = ("MDC_PRESS_BLD_NONINV_SYS", "mm[Hg]"),
        ["NBPDias"] = ("MDC_PRESS_BLD_NONINV_DIA", "mm[Hg]"),
        ["NBPMean"] = ("MDC_PRESS_BLD_NONINV_MEAN", "mm[Hg]"),
        ["TEMP"] = ("MDC_TEMP", "Cel"),
    };

    /// <returns>Null when a description is none of a number; spaces do not count. What export wrote is named by what it is, without a unit.</returns>
    public static (string Signal, string Unit)? Find(string description)
    {
        var name = description.Replace(" ", "", StringComparison.Ordinal);
        return Names.TryGetValue(name, out var found) ? found
            : name.StartsWith("MDC_", StringComparison.Ordinal) ? (description.Trim().Split(' ')[0], "")
            : null;
    }
}
