namespace FieldNet.Detection.Streams;

/// <summary>How one quantity is spread over the last two to four minutes: two histograms in turn, the older one forgotten whole.</summary>
/// <remarks>Shape: plain and serialisable. Units: microseconds.</remarks>
public sealed class RecentDistribution
{
    public const long TurnUs = 120_000_000;

    public LogLinearHistogram Current { get; set; } = new();

    public LogLinearHistogram Previous { get; set; } = new();

    /// <summary>Log time at which <see cref="Current"/> began.</summary>
    public long SinceUs { get; set; }

    public long Count => Current.Count + Previous.Count;

    public void Add(long valueUs, long timeUs)
    {
        if (timeUs - SinceUs >= TurnUs)
        {
            (Previous, Current) = (Current, Previous);
            Current.Clear();
            SinceUs = timeUs;
        }

        Current.Add(valueUs);
    }

    /// <returns>Null while nothing is known.</returns>
    public double? QuantileUs(double share) => LogLinearHistogram.QuantileUs(Current, Previous, share);
}
