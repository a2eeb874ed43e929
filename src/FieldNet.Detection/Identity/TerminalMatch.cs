namespace FieldNet.Detection.Identity;

/// <summary>How well a terminal on the air (an RNTI) fits a gateway that says it is on the same cell: the one step of the chain that nobody says.</summary>
/// <remarks>
/// Evidence adds up: both attached at one time 0.6, fading to nothing at <see cref="AttachUs"/> from each other; uplink volumes that rise and fall together up to 0.4, of about the same size up
/// to 0.2. A terminal and a gateway that are left over when all others of the cell are paired are a pair of that score alone. Source: docs/detectors/identity-join.md; network.md B4 (RNTI to SUPI can only be inferred).
/// </remarks>
public static class TerminalMatch
{
    public const long AttachUs = 4_000_000;

    /// <summary>From this score on a pair is taken, if it also beats the next best of either side by <see cref="Margin"/>.</summary>
    public const double Enough = 0.4;

    public const double Margin = 0.15;

    public const double ByElimination = 0.4;

    /// <param name="attachedUs">When the terminal and the gateway came to the cell, log time; 0 unknown.</param>
    public static double Score(long terminalAttachedUs, long attachedUs, VolumeSeries terminal, VolumeSeries gateway)
    {
        var attached = terminalAttachedUs > 0 && attachedUs > 0 ? 0.6 * Math.Max(0, 1 - (Math.Abs(terminalAttachedUs - attachedUs) / (double)AttachUs)) : 0;
        var together = 0.4 * Math.Max(0, VolumeSeries.Correlation(terminal, gateway) ?? 0);
        var (a, b) = (terminal.Mean, gateway.Mean);
        var alike = a > 0 && b > 0 && Math.Min(terminal.Count, gateway.Count) >= VolumeSeries.Enough ? 0.2 * Math.Max(0, 1 - Math.Abs(Math.Log2(a / b))) : 0;
        return attached + together + alike;
    }

    /// <summary>Never as sure as what is said by the thing itself.</summary>
    public static double Confidence(double score) => Math.Round(Math.Min(0.9, 0.5 + (0.4 * score)), 2);
}
