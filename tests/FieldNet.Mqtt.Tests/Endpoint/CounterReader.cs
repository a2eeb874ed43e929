using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using FieldNet.Mqtt.Endpoint;

namespace FieldNet.Mqtt.Tests.Endpoint;

/// <summary>Sums what one endpoint's counters were given.</summary>
internal sealed class CounterReader : IDisposable
{
    private readonly ConcurrentDictionary<string, long> _sums = new();
    private readonly MeterListener _listener = new();

    public CounterReader(EndpointHost host)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == MqttMetrics.MeterName && instrument.Meter.Scope == host.Meters)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => _sums.AddOrUpdate(instrument.Name, value, (_, sum) => sum + value));
        _listener.Start();
    }

    public long this[string instrument] => _sums.GetValueOrDefault(instrument);

    public void Reset() => _sums.Clear();

    public void Dispose() => _listener.Dispose();
}
