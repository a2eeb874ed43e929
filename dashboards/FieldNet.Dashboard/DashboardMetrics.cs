using System.Diagnostics.Metrics;

namespace FieldNet.Dashboard;

/// <summary>What the dashboard counts of itself.</summary>
internal sealed class DashboardMetrics
{
    private static readonly InstrumentAdvice<double> LatencyBuckets = new()
    {
        HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.2, 0.25, 0.5, 1, 2.5, 10],
    };

    private readonly Counter<long> _framesSent;
    private readonly Counter<long> _viewersRefused;
    private readonly Histogram<double> _latency;
    private int _viewers;

    public DashboardMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("FieldNet.Dashboard");
        _framesSent = meter.CreateCounter<long>("fieldnet.dashboard.frames", "{frame}", "Frames handed to viewers' streams.");
        _viewersRefused = meter.CreateCounter<long>("fieldnet.dashboard.viewers_refused", "{viewer}", "Viewers refused because too many watch.");
        _latency = meter.CreateHistogram(
            "fieldnet.dashboard.stream_latency", "s", "From a sender's socket to a viewer's stream, by the sender's clock.",
            tags: null, LatencyBuckets);
        meter.CreateObservableUpDownCounter("fieldnet.dashboard.viewers", () => Volatile.Read(ref _viewers), "{viewer}", "Viewers that watch now.");
    }

    public int Viewers => Volatile.Read(ref _viewers);

    public int ViewerCame() => Interlocked.Increment(ref _viewers);

    public void ViewerLeft() => Interlocked.Decrement(ref _viewers);

    public void FrameSent() => _framesSent.Add(1);

    public void ViewerRefused() => _viewersRefused.Add(1);

    public void Delivered(long delayUs) => _latency.Record(Math.Max(0, delayUs) / 1e6);
}
