namespace FieldNet.Dashboard.Feed;

/// <summary>When the senders say that they sent the latest records, to measure how long these take to a viewer.</summary>
/// <remarks>Full policy: oldest overwritten. Threading: written by the sequencer thread, read by any, under a short lock.</remarks>
internal sealed class SentTimes
{
    public const int Capacity = 4096;

    private readonly Lock _lock = new();
    private readonly (long Record, long SentUs)[] _ring = new (long, long)[Capacity];
    private long _written;

    public void Add(long record, long sentUs)
    {
        lock (_lock)
        {
            _ring[_written++ % Capacity] = (record, sentUs);
        }
    }

    /// <summary>Copies the times of the records in (<paramref name="after"/>, <paramref name="through"/>], newest first.</summary>
    /// <returns>How many there are; at most <see cref="Capacity"/>.</returns>
    public int Copy(long after, long through, Span<long> sentUs)
    {
        lock (_lock)
        {
            var count = 0;
            for (var i = _written - 1; i >= Math.Max(0, _written - Capacity) && _ring[i % Capacity].Record > after; i--)
            {
                if (_ring[i % Capacity].Record <= through)
                {
                    sentUs[count++] = _ring[i % Capacity].SentUs;
                }
            }

            return count;
        }
    }
}
