namespace FieldNet.Bedside.Monitors;

/// <summary>The rate of something that recurs, from its last few intervals.</summary>
internal sealed class IntervalMeter(int intervals, double windowSeconds)
{
    private readonly double[] _times = new double[intervals + 1];
    private long _count;

    public double LastSeconds => _count == 0 ? double.NaN : _times[(_count - 1) % _times.Length];

    public void Add(double seconds) => _times[_count++ % _times.Length] = seconds;

    public void Forget() => _count = 0;

    /// <summary>Per minute, over the last intervals that lie in the window; null if there is none.</summary>
    public double? PerMinute(double nowSeconds) => PerMinute(nowSeconds, intervals);

    public double? PerMinute(double nowSeconds, int most)
    {
        long known = Math.Min(_count, Math.Min(most, intervals) + 1);
        long first = _count;
        while (first > _count - known && nowSeconds - _times[(first - 1) % _times.Length] <= windowSeconds)
        {
            first--;
        }
        long steps = _count - 1 - first;
        return steps < 1 ? null : 60 * steps / (LastSeconds - _times[first % _times.Length]);
    }
}
