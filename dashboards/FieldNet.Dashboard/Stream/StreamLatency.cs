using System.Numerics;

namespace FieldNet.Dashboard.Stream;

/// <summary>A histogram of delays with a relative error of at most 1/32 and no memory of its own growth.</summary>
/// <remarks>
/// Shape: log-linear; 32 buckets to each doubling. Units: microseconds in, milliseconds out. Threading: any.
/// Source: as the senders' own clocks say; true where these agree with the agent's (one machine, or both kept by PTP).
/// </remarks>
public sealed class StreamLatency
{
    private const int Steps = 32;
    private const int StepBits = 5;

    /// <summary>A minute. Past it a delay tells of a wrong clock, not of the stream.</summary>
    private const long HighestUs = 60_000_000;

    /// <summary>A sender's clock may be this much ahead and still be believed; its delay then counts as none.</summary>
    private const long LowestUs = -1_000_000;

    private readonly long[] _buckets = new long[IndexOf(HighestUs) + 1];
    private long _count;
    private long _maxUs;

    public long Count => Volatile.Read(ref _count);

    public double MaxMs => Volatile.Read(ref _maxUs) / 1000d;

    /// <returns>False: implausible, not counted.</returns>
    public bool Add(long delayUs)
    {
        if (delayUs is < LowestUs or > HighestUs)
        {
            return false;
        }

        delayUs = Math.Max(0, delayUs);
        Interlocked.Increment(ref _buckets[IndexOf(delayUs)]);
        Interlocked.Increment(ref _count);
        for (var max = Volatile.Read(ref _maxUs); delayUs > max;)
        {
            max = Interlocked.CompareExchange(ref _maxUs, delayUs, max) is var seen && seen == max ? delayUs : seen;
        }

        return true;
    }

    /// <summary>The delay that the given share of records did not exceed; NaN without records.</summary>
    public double PercentileMs(double share)
    {
        var counts = Array.ConvertAll(_buckets, bucket => bucket);
        var rank = Math.Max(1, (long)Math.Ceiling(share * counts.Sum()));
        var sum = 0L;
        for (var i = 0; i < counts.Length; i++)
        {
            sum += counts[i];
            if (sum >= rank)
            {
                return Math.Min(UpperUs(i), Volatile.Read(ref _maxUs)) / 1000d;
            }
        }

        return double.NaN;
    }

    /// <summary>Up to 31 each value has its own bucket; above, the leading six bits choose it.</summary>
    private static int IndexOf(long us)
    {
        if (us < Steps)
        {
            return (int)us;
        }

        var shift = BitOperations.Log2((ulong)us) - StepBits;
        return (shift * Steps) + (int)(us >> shift);
    }

    private static long UpperUs(int index)
    {
        var shift = Math.Max(0, (index / Steps) - 1);
        return ((index - (shift * Steps) + 1L) << shift) - 1;
    }
}
