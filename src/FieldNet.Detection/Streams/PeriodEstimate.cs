namespace FieldNet.Detection.Streams;

/// <summary>Learns the period of a stream's messages from their arrivals.</summary>
/// <remarks>
/// A silence must not teach a longer period, or the next silence would be found later: an interval counts as two periods at the most.
/// A burst after a stall teaches no period below <see cref="ShortestUs"/>: a slow stream would be late at each message until it is learnt again.
/// </remarks>
public struct PeriodEstimate
{
    private const double Weight = 0.2;

    /// <summary>A third of the 1 s from which a stream can be late at all: shorter periods need not be told apart.</summary>
    private const double ShortestUs = 333_333;

    /// <summary>Microseconds; 0 while unknown.</summary>
    public double PeriodUs;

    /// <summary>Socket time of the newest message, UTC microseconds; 0 before the first.</summary>
    public long LastUs;

    /// <param name="knownPeriodUs">The period that the message itself states (samples × sample period), or 0.</param>
    public void Observe(long receiveUs, double knownPeriodUs = 0)
    {
        if (knownPeriodUs > 0)
        {
            PeriodUs = knownPeriodUs;
        }
        else if (LastUs > 0 && receiveUs > LastUs)
        {
            var interval = Math.Max(receiveUs - LastUs, ShortestUs);
            PeriodUs = PeriodUs == 0 ? Math.Min(interval, 60e6) : PeriodUs + (Weight * (Math.Min(interval, 2 * PeriodUs) - PeriodUs));
        }

        LastUs = Math.Max(LastUs, receiveUs);
    }
}
