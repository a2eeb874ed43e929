namespace FieldNet.Detection.Clocks;

/// <summary>Finds a clock that is plainly wrong: over 1 s beside the log's for 20 s, until below half a second for as long.</summary>
/// <remarks>
/// A message on its way makes a clock look slow, so only what the fastest message shows counts. Smaller offsets can't be told from the way's own time.
/// Shape: plain and serialisable. Units: microseconds.
/// </remarks>
public struct ClockOffset
{
    private const long OnUs = 1_000_000, OffUs = 500_000, HoldUs = 20_000_000;

    public bool IsOn;
    public long ContradictedSinceUs;

    /// <param name="floorUs">Receive time less sending time of the fastest message.</param>
    public bool Observe(long floorUs, long timeUs)
    {
        var off = Math.Abs(floorUs);
        if (IsOn ? off >= OffUs : off < OnUs)
        {
            ContradictedSinceUs = 0;
            return false;
        }

        ContradictedSinceUs = ContradictedSinceUs == 0 ? timeUs : ContradictedSinceUs;
        if (timeUs - ContradictedSinceUs < HoldUs)
        {
            return false;
        }

        (IsOn, ContradictedSinceUs) = (!IsOn, 0);
        return true;
    }
}
