namespace FieldNet.Detection.Links;

/// <summary>Interarrival jitter of a path, from consecutive delays.</summary>
/// <remarks>Source: RFC 3550 section 6.4.1. Shape: plain and serialisable. Units: microseconds.</remarks>
public struct Jitter
{
    public bool Known;
    public long PreviousUs;
    public double Us;

    public void Observe(long delayUs)
    {
        if (Known)
        {
            Us += (Math.Abs(delayUs - PreviousUs) - Us) / 16;
        }

        (Known, PreviousUs) = (true, delayUs);
    }
}
