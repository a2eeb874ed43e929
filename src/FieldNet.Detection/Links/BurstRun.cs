namespace FieldNet.Detection.Links;

/// <summary>Finds a burst: messages of some time ago that come all at once, after an outage of the link or of whoever buffered.</summary>
/// <remarks>Method: at least five messages older than 2 s (or flagged historical) within 2 s. Shape: plain and serialisable.</remarks>
public struct BurstRun
{
    /// <summary>What took longer than this above the fastest waited somewhere.</summary>
    public const long OldUs = 2_000_000;

    private const int Least = 5;
    private const int OverAfterSeconds = 3;

    public int Old;
    public int OldBefore;
    public int QuietSeconds;
    public bool IsOn;

    public void EndSecond()
    {
        QuietSeconds = Old == 0 ? QuietSeconds + 1 : 0;
        IsOn = IsOn ? QuietSeconds < OverAfterSeconds : Old + OldBefore >= Least;
        (OldBefore, Old) = (Old, 0);
    }
}
