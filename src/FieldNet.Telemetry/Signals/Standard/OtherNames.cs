namespace FieldNet.Telemetry.Signals.Standard;

/// <summary>Older and second names of standard signals, with the codes that came with them.</summary>
/// <remarks>Source: public vendor lists (docs/protocol.md). Two live codes for one quantity are two signals, not two names.</remarks>
internal static class OtherNames
{
    public static readonly OtherName[] Names =
    [
        new("MDC_ECG_CARD_BEAT_RATE", 147842, 147842),
        new("MDC_BLD_PERF_INDEX", 150488, 150448),
        new("MDC_CONC_AWAY_CO2_ET", 151708, 151728),
        new("MDC_CONC_AWAY_CO2", 151700, 151724),
    ];

    /// <param name="Id">The other reference id.</param>
    /// <param name="Code">The code that came with it.</param>
    /// <param name="Meant">The code under which the signal is in the table.</param>
    internal readonly record struct OtherName(string Id, uint Code, uint Meant);
}
