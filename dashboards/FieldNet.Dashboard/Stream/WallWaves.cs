using FieldNet.Ward.Views;

namespace FieldNet.Dashboard.Stream;

/// <summary>Which two waveforms of a bed hang on the wall: an ECG lead first, then a pulse.</summary>
internal static class WallWaves
{
    private const int PerBed = 2;

    /// <summary>Best first; what is not here comes after, in the bed's own order.</summary>
    private static readonly string[] Leads =
    [
        "MDC_ECG_ELEC_POTL_II", "MDC_ECG_ELEC_POTL_I", "MDC_ECG_ELEC_POTL_V", "MDC_ECG_ELEC_POTL_III", "MDC_ECG_ELEC_POTL",
    ];

    private static readonly string[] Pulses =
    [
        "MDC_PULS_OXIM_PLETH", "MDC_PRESS_BLD_ART_ABP", "MDC_PRESS_BLD_ART", "MDC_PRESS_BLD",
    ];

    public static WaveView[] Choose(BedView bed) => [.. bed.Waves.OrderBy(Rank).DistinctBy(Part).Concat(bed.Waves.OrderBy(Rank)).Distinct().Take(PerBed)];

    private static int Rank(WaveView wave)
    {
        var id = wave.Signal.Id;
        var lead = Array.IndexOf(Leads, id);
        var pulse = Array.IndexOf(Pulses, id);
        return lead >= 0 ? lead : pulse >= 0 ? 200 + pulse : Part(wave) switch { 0 => 100, 1 => 300, _ => 400 };
    }

    /// <summary>0 an ECG lead, 1 a pulse, 2 anything else.</summary>
    private static int Part(WaveView wave) => wave.Signal.Id switch
    {
        var id when id.StartsWith("MDC_ECG_", StringComparison.Ordinal) => 0,
        var id when id.StartsWith("MDC_PULS_", StringComparison.Ordinal) || id.StartsWith("MDC_PRESS_BLD", StringComparison.Ordinal) => 1,
        _ => 2,
    };
}
