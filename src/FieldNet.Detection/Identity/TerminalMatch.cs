namespace FieldNet.Detection.Identity;

/// <summary>How well a terminal on the air (an RNTI) fits a gateway that says it is on the same cell: the one step of the chain that nobody says.</summary>
/// <remarks>
/// Evidence adds up: both attached within <see cref="AttachUs"/> of each other 0.4; uplink volumes that rise and fall together up to 0.4, of about the same size up
/// to 0.2; nobody else on the cell 0.4. Source: docs/detectors/identity-join.md; network.md B4 (RNTI to SUPI can only be inferred).
/// </remarks>
public static class TerminalMatch
{
    public const long AttachUs = 3_000_000;

    /// <summary>From this score on a pair is taken, if it also beats the next best of either side by <see cref="Margin"/>.</summary>
    public const double Enough = 0.4;

    public const double Margin = 0.15;

    /// <param name="attachedUs">When the terminal and the gateway came to the cell, log time; 0 unknown.</param>
    /// <param name="alone">It is the only terminal, and the only gateway, of the cell.</param>
    public static double Score(long terminalAttachedUs, long attachedUs, VolumeSeries terminal, VolumeSeries gateway, bool alone)
    {
        var attached = terminalAttachedUs > 0 && attachedUs > 0 && Math.Abs(terminalAttachedUs - attachedUs) <= AttachUs ? 0.4 : 0;
        var together = 0.4 * Math.Max(0, VolumeSeries.Correlation(terminal, gateway) ?? 0);
        var (a, b) = (terminal.Mean, gateway.Mean);
        var alike = a > 0 && b > 0 && Math.Min(terminal.Count, gateway.Count) >= VolumeSeries.Enough ? 0.2 * Math.Max(0, 1 - Math.Abs(Math.Log2(a / b))) : 0;
        return attached + together + alike + (alone ? 0.4 : 0);
    }

    /// <summary>Never as sure as what is said by the thing itself.</summary>
    public static double Confidence(double score) => Math.Round(Math.Min(0.9, 0.5 + (0.4 * score)), 2);
}
