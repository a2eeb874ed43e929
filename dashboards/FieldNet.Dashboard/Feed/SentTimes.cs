namespace FieldNet.Dashboard.Feed;

/// <summary>When the senders say that they sent the latest records, to measure how long these take to a viewer.</summary>
/// <remarks>
/// Full policy: oldest overwritten. Threading: written by the sequencer thread, read by any, without a lock: what may have been
/// overwritten while it was read is left out.
/// </remarks>
internal sealed class SentTimes
{
    public const int Capacity = 4096;

    private readonly (long Record, long SentUs)[] _ring = new (long, long)[Capacity];
    private long _written;

    public void Add(long record, long sentUs)
    {
        _ring[_written % Capacity] = (record, sentUs);
        Volatile.Write(ref _written, _written + 1);
    }

    /// <summary>Copies the times of the records in (<paramref name="after"/>, <paramref name="through"/>], newest first.</summary>
    /// <returns>How many there are; fewer than <see cref="Capacity"/>.</returns>
    public int Copy(long after, long through, Span<long> sentUs)
    {
        var (newest, count) = (Volatile.Read(ref _written) - 1, 0);
        var oldest = Math.Max(0, newest + 1 - Capacity);
        while (newest >= oldest && _ring[newest % Capacity].Record > through)
        {
            newest--;
        }

        for (var i = newest; i >= oldest && _ring[i % Capacity].Record > after; i--)
        {
            sentUs[count++] = _ring[i % Capacity].SentUs;
        }

        // Read again behind the copies: from here back to the place of the record being written now they can be trusted.
        Interlocked.MemoryBarrier();
        return (int)Math.Clamp(newest - (Volatile.Read(ref _written) - Capacity), 0, count);
    }
}
