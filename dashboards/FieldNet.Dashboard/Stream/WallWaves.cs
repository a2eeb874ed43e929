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

    /// <summary>The best of each part first; a second of the same part only when there is nothing else.</summary>
    public static IEnumerable<WaveView> Choose(IReadOnlyList<WaveView> waves)
    {
        var best = waves.OrderBy(Rank).ToList();
        return best.DistinctBy(Part).Concat(best).Distinct().Take(PerBed);
    }

    /// <summary>By part, then by the lists above; what is on neither comes last in its part.</summary>
    private static (int Part, uint Place) Rank(WaveView wave) =>
        (Part(wave), (uint)Array.IndexOf(Part(wave) == 0 ? Leads : Pulses, wave.Signal.Id));

    /// <summary>0 an ECG lead, 1 a pulse, 2 anything else.</summary>
    private static int Part(WaveView wave) => wave.Signal.Id switch
    {
        var id when id.StartsWith("MDC_ECG_", StringComparison.Ordinal) => 0,
        var id when id.StartsWith("MDC_PULS_", StringComparison.Ordinal) || id.StartsWith("MDC_PRESS_BLD", StringComparison.Ordinal) => 1,
        _ => 2,
    };
}
