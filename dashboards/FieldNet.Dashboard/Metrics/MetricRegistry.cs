using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace FieldNet.Dashboard.Metrics;

/// <summary>Listens to every meter named <c>FieldNet…</c> and keeps its numbers for <c>/metrics</c>.</summary>
/// <remarks>
/// Threading: any. Loss: what is counted before this exists is not seen, so the host makes it before the first socket opens
/// (<c>MapDashboard</c> does).
/// </remarks>
internal sealed partial class MetricRegistry : IDisposable
{
    private const string Ours = "FieldNet";

    private readonly ConcurrentDictionary<string, MetricFamily> _families = new(StringComparer.Ordinal);
    private readonly MeterListener _listener = new();
    private readonly Lock _scrape = new();
    private readonly ILogger _logger;

    public MetricRegistry(ILogger<MetricRegistry> logger)
    {
        _logger = logger;
        _listener.InstrumentPublished = Listen;
        _listener.SetMeasurementEventCallback<long>(static (_, value, tags, family) => Record(family, value, tags));
        _listener.SetMeasurementEventCallback<int>(static (_, value, tags, family) => Record(family, value, tags));
        _listener.SetMeasurementEventCallback<short>(static (_, value, tags, family) => Record(family, value, tags));
        _listener.SetMeasurementEventCallback<byte>(static (_, value, tags, family) => Record(family, value, tags));
        _listener.SetMeasurementEventCallback<double>(static (_, value, tags, family) => Record(family, value, tags));
        _listener.SetMeasurementEventCallback<float>(static (_, value, tags, family) => Record(family, value, tags));
        _listener.SetMeasurementEventCallback<decimal>(static (_, value, tags, family) => Record(family, (double)value, tags));
        _listener.Start();
    }

    /// <summary>Every family with something to say, by name.</summary>
    /// <remarks>Errors: an observed instrument that throws is logged and left out; the others are there.</remarks>
    public IReadOnlyList<MetricFamily> Collect()
    {
        lock (_scrape)
        {
            foreach (var family in _families.Values)
            {
                family.BeginScrape();
            }

            try
            {
                _listener.RecordObservableInstruments();
            }
            catch (AggregateException error)
            {
                LogObserveFailed(_logger, error);
            }

            foreach (var family in _families.Values)
            {
                family.EndScrape();
            }

            return [.. _families.Values.Where(family => family.Series.Count > 0).OrderBy(family => family.Name, StringComparer.Ordinal)];
        }
    }

    public void Dispose() => _listener.Dispose();

    private void Listen(Instrument instrument, MeterListener listener)
    {
        if (!instrument.Meter.Name.StartsWith(Ours, StringComparison.Ordinal) || MetricFamily.Of(instrument) is not { } made)
        {
            return;
        }

        // Two instruments of one name share a family; of two kinds under one name the first is exposed, for the text allows one.
        var family = _families.GetOrAdd(made.Name, made);
        if (family.Kind == made.Kind)
        {
            listener.EnableMeasurementEvents(instrument, family);
        }
    }

    private static void Record(object? family, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        ((MetricFamily)family!).Record(value, tags);

    [LoggerMessage(EventId = 5002, Level = LogLevel.Warning, Message = "An observed metric could not be read")]
    private static partial void LogObserveFailed(ILogger logger, Exception error);
}
