using System.Numerics;

namespace FieldNet.Bedside.Accounts;

/// <summary>Durations in buckets that grow with them: 3 % apart, from a microsecond to an hour, without garbage.</summary>
/// <remarks>Threading: any thread adds.</remarks>
internal sealed class LatencyHistogram
{
    private const int Mantissa = 32;
    private const int Exponents = 27;

    private readonly long[] _counts = new long[Mantissa * Exponents];
    private long _maxUs;

    public double? MaxMs => _maxUs == 0 ? null : _maxUs / 1000.0;

    public void Add(long us)
    {
        us = Math.Max(1, us);
        Interlocked.Increment(ref _counts[Bucket(us)]);
        long seen = Interlocked.Read(ref _maxUs);
        while (us > seen)
        {
            long before = Interlocked.CompareExchange(ref _maxUs, us, seen);
            if (before == seen)
            {
                break;
            }
            seen = before;
        }
    }

    /// <summary>Upper edge of the bucket that holds the share of all durations; null if there are none.</summary>
    public double? QuantileMs(double share)
    {
        long total = _counts.Sum();
        long wanted = (long)Math.Ceiling(share * total);
        for (int i = 0; i < _counts.Length && total > 0; i++)
        {
            wanted -= _counts[i];
            if (wanted <= 0)
            {
                return Math.Min(UpperEdgeUs(i), _maxUs) / 1000.0;
            }
        }
        return null;
    }

    private static int Bucket(long us)
    {
        // Below 32 each microsecond has its own bucket; above, the five bits under the leading one choose it.
        int exponent = Math.Max(0, BitOperations.Log2((ulong)us) - 5);
        int bucket = exponent == 0 && us < Mantissa ? (int)us : (exponent + 1) * Mantissa + (int)(us >> exponent) - Mantissa;
        return Math.Min(bucket, Mantissa * Exponents - 1);
    }

    private static long UpperEdgeUs(int bucket) => bucket < Mantissa ? bucket : ((long)(bucket % Mantissa + Mantissa + 1) << (bucket / Mantissa - 1)) - 1;
}
