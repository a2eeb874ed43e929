namespace FieldNet.Detection.Links;

/// <summary>Finds a link that goes down and up again and again: three downs within a minute, until half a minute without one.</summary>
/// <remarks>Shape: plain and serialisable. Units: microseconds of log time.</remarks>
public struct FlapCount
{
    private const long WithinUs = 60_000_000, QuietUs = 30_000_000;

    /// <summary>The last three downs, newest first; 0 none.</summary>
    public long FirstUs, SecondUs, ThirdUs;

    public bool IsOn;

    public void Down(long timeUs)
    {
        (FirstUs, SecondUs, ThirdUs) = (timeUs, FirstUs, SecondUs);
        IsOn |= ThirdUs > 0 && FirstUs - ThirdUs <= WithinUs;
    }

    public void EndSecond(long timeUs) => IsOn &= timeUs - FirstUs < QuietUs;
}
