namespace FieldNet.Bedside.Monitors;

/// <summary>The rate of something that recurs, from its last few intervals.</summary>
internal sealed class IntervalMeter(int intervals, double windowSeconds)
{
    private readonly double[] _times = new double[intervals + 1];
    private long _count;

    public double LastSeconds => _count == 0 ? double.NaN : _times[(_count - 1) % _times.Length];

    /// <summary>Intervals since the last <see cref="Forget"/>, up to the most that are kept.</summary>
    public int Known => (int)Math.Clamp(_count - 1, 0, intervals);

    public void Add(double seconds) => _times[_count++ % _times.Length] = seconds;

    public void Forget() => _count = 0;

    /// <summary>Per minute, over the last intervals that lie in the window; null if there is none.</summary>
    public double? PerMinute(double nowSeconds) => PerMinute(nowSeconds, intervals);

    /// <summary>The mean of the middle half: one beat missed or counted twice changes little.</summary>
    public double? PerMinute(double nowSeconds, int most)
    {
        Span<double> last = stackalloc double[Math.Min(most, intervals)];
        int known = 0;
        for (long i = _count - 1; i > 0 && i >= _count - intervals && known < last.Length; i--)
        {
            double start = _times[(i - 1) % _times.Length];
            if (nowSeconds - start > windowSeconds)
            {
                break;
            }
            last[known++] = _times[i % _times.Length] - start;
        }
        if (known == 0)
        {
            return null;
        }
        last[..known].Sort();
        var middle = last[(known / 4)..(known - known / 4)];
        double sum = 0;
        foreach (double interval in middle)
        {
            sum += interval;
        }
        return 60 * middle.Length / sum;
    }
}
