namespace FieldNet.Detection.Links;

/// <summary>Variation of a path's delay between consecutive messages.</summary>
/// <remarks>
/// Messages that were sent in one go are one: they wait for each other. Source: RFC 3550 section 6.4.1 for <see cref="Us"/>; RFC 5481 for the differences.
/// Shape: plain and serialisable. Units: microseconds.
/// </remarks>
public struct Jitter
{
    private const long OneGoUs = 20_000;

    public long PreviousSentUs;
    public long PreviousUs;

    /// <summary>Interarrival jitter.</summary>
    public double Us;

    /// <returns>By how much this delay differs from the last one; null when there is none to compare with.</returns>
    public long? Observe(long delayUs, long sentUs)
    {
        if (sentUs - PreviousSentUs < OneGoUs && sentUs >= PreviousSentUs)
        {
            return null;
        }

        long? difference = PreviousSentUs == 0 ? null : Math.Abs(delayUs - PreviousUs);
        Us += ((difference ?? 0) - Us) / 16;
        (PreviousSentUs, PreviousUs) = (sentUs, delayUs);
        return difference;
    }
}
