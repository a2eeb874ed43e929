namespace FieldNet.Dashboard.Metrics;

/// <summary>One series of a metric: a number, or the buckets of a histogram.</summary>
/// <remarks>Threading: any; a short lock.</remarks>
internal sealed class MetricSeries(TagSet tags, double[] bounds)
{
    private readonly Lock _lock = new();
    private readonly long[] _buckets = new long[bounds.Length + 1];
    private double _value;

    public TagSet Tags => tags;

    /// <summary>The scrape at which an observed series was last there.</summary>
    public long Scrape { get; set; }

    public double Value
    {
        get
        {
            lock (_lock)
            {
                return _value;
            }
        }
    }

    public void Add(double value)
    {
        lock (_lock)
        {
            _value += value;
        }
    }

    public void Set(double value)
    {
        lock (_lock)
        {
            _value = value;
        }
    }

    public void Observe(double value)
    {
        var at = Array.BinarySearch(bounds, value);
        lock (_lock)
        {
            _value += value;
            _buckets[at < 0 ? ~at : at]++;
        }
    }

    /// <summary>A histogram's sum and its counts by bucket, the last one for what is above every bound.</summary>
    public (double Sum, long[] Buckets) Histogram()
    {
        lock (_lock)
        {
            return (_value, [.. _buckets]);
        }
    }
}
