using FieldNet.Telemetry;
using FieldNet.Telemetry.Messages;
using FieldNet.Telemetry.Records;
using FieldNet.Telemetry.Signals;
using FieldNet.Telemetry.Topics;

namespace FieldNet.History.Points;

/// <summary>Reads the numbers of vitals records, each at the time on the log's clock at which it was measured.</summary>
/// <remarks>Threading: one thread, the records in order. State: that of <paramref name="clocks"/>.</remarks>
public sealed class NumericPoints(DeviceClocks clocks)
{
    private readonly TelemetryDecoder _decoder = new();
    private readonly Vitals _vitals = new();
    private readonly Dictionary<string, List<Series>> _devices = new(StringComparer.Ordinal);

    public NumericPoints()
        : this(new DeviceClocks())
    {
    }

    /// <summary>Hands on every number of a record that counts; a record without numbers gives none.</summary>
    public void Read(in LogRecord record, IPointSink sink)
    {
        if (record.Kind != RecordKind.Publish || record.Topic is not { Scope: TopicScope.Device, Refusal: Refusal.None, Message: MessageKind.Vitals } topic
            || _decoder.ReadVitals(record.Payload, TelemetryDecoder.FormatOf(record.Properties), _vitals) != Refusal.None)
        {
            return;
        }

        if (!_devices.TryGetValue(topic.Subject, out var device))
        {
            _devices.Add(topic.Subject, device = []);
        }

        ref readonly var stamp = ref _vitals.Stamp;
        var currentUs = clocks.MeasuredUs(topic, stamp, record.ReceiveTimeUs);
        foreach (ref readonly var numeric in _vitals.Numerics)
        {
            if (numeric is { HasValue: true, Refusal: Refusal.None } && numeric.Signal.Id.Length > 0)
            {
                sink.Add(SeriesOf(device, topic, numeric.Signal), MeasuredUs(numeric, stamp, currentUs), numeric.Value, stamp.Historical);
            }
        }
    }

    /// <summary>An intermittent number is as old as its device says, counted from the message's own time.</summary>
    private static long MeasuredUs(in NumericSample numeric, in Stamp stamp, long currentUs)
    {
        var ageUs = numeric.MeasuredAtUs > 0 && stamp.HasDeviceTime ? stamp.DeviceTimeUs - numeric.MeasuredAtUs : 0;
        return ageUs is >= 0 and < 86_400_000_000 ? currentUs - ageUs : currentUs;
    }

    private static Series SeriesOf(List<Series> device, Topic topic, Signal signal)
    {
        foreach (var series in device)
        {
            if (ReferenceEquals(series.Signal, signal))
            {
                return series;
            }
        }

        var added = new Series(topic.Site, topic.Ward, topic.Bed, topic.Device, signal);
        device.Add(added);
        return added;
    }
}
