using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace FieldNet.Dashboard.Metrics;

/// <summary>All series of one exposed name.</summary>
/// <remarks>Full policy: series past <see cref="MaxSeries"/> are not kept; tags come from small closed sets, so this is a bug's fuse.</remarks>
internal sealed class MetricFamily
{
    public const int MaxSeries = 1000;

    /// <summary>OpenTelemetry's defaults, for histograms that state none.</summary>
    private static readonly double[] DefaultBounds = [0, 5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10000];

    private readonly ConcurrentDictionary<TagSet, MetricSeries> _series = new(TagSet.Comparer.Instance);
    private readonly ConcurrentDictionary<TagSet, MetricSeries>.AlternateLookup<ReadOnlySpan<KeyValuePair<string, object?>>> _byTags;
    private readonly Action<MetricSeries, double> _record;
    private readonly bool _observed;
    private long _scrape;

    private MetricFamily(string name, string help, MetricKind kind, bool adds, bool observed, double[] bounds)
    {
        (Name, Help, Kind, Bounds) = (name, help, kind, bounds);
        _observed = observed;
        _byTags = _series.GetAlternateLookup<ReadOnlySpan<KeyValuePair<string, object?>>>();
        _record = kind == MetricKind.Histogram ? static (series, value) => series.Observe(value)
            : adds ? static (series, value) => series.Add(value)
            : static (series, value) => series.Set(value);
    }

    public string Name { get; }

    public string Help { get; }

    public MetricKind Kind { get; }

    /// <summary>Upper bounds of a histogram's buckets, ascending; empty for others.</summary>
    public double[] Bounds { get; }

    public ICollection<MetricSeries> Series => _series.Values;

    /// <summary>The family that an instrument's measurements belong to; null for an instrument of unknown kind.</summary>
    public static MetricFamily? Of(Instrument instrument)
    {
        var type = instrument.GetType();
        var generic = type.IsGenericType ? type.GetGenericTypeDefinition() : null;
        (MetricKind Kind, bool Adds, bool Observed)? shape =
            generic == typeof(Counter<>) ? (MetricKind.Counter, true, false)
            : generic == typeof(ObservableCounter<>) ? (MetricKind.Counter, false, true)
            : generic == typeof(UpDownCounter<>) ? (MetricKind.Gauge, true, false)
            : generic == typeof(ObservableUpDownCounter<>) || generic == typeof(ObservableGauge<>) ? (MetricKind.Gauge, false, true)
            : generic == typeof(Gauge<>) ? (MetricKind.Gauge, false, false)
            : generic == typeof(Histogram<>) ? (MetricKind.Histogram, true, false)
            : null;
        if (shape is not { } s)
        {
            return null;
        }

        var bounds = s.Kind == MetricKind.Histogram ? StatedBounds(instrument) ?? DefaultBounds : [];
        return new MetricFamily(
            MetricName.Of(instrument.Name, instrument.Unit, s.Kind), instrument.Description ?? "", s.Kind, s.Adds, s.Observed, bounds);
    }

    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (!_byTags.TryGetValue(tags, out var series))
        {
            if (_series.Count >= MaxSeries)
            {
                return;
            }

            var set = new TagSet(tags.ToArray());
            series = _series.GetOrAdd(set, new MetricSeries(set, Bounds));
        }

        series.Scrape = _scrape;
        _record(series, value);
    }

    /// <summary>Before observed instruments are asked: what they no longer report must go.</summary>
    public void BeginScrape() => _scrape++;

    public void EndScrape()
    {
        if (_observed)
        {
            foreach (var (tags, series) in _series)
            {
                if (series.Scrape != _scrape)
                {
                    _series.TryRemove(tags, out _);
                }
            }
        }
    }

    private static double[]? StatedBounds(Instrument instrument) => instrument switch
    {
        Histogram<double> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds],
        Histogram<long> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds.Select(bound => (double)bound)],
        Histogram<int> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds.Select(bound => (double)bound)],
        _ => null,
    };
}
