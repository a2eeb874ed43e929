namespace FieldNet.Dashboard.Metrics;

internal enum MetricKind : byte
{
    Counter = 0,
    Gauge,
    Histogram,
}
