using FieldNet.Detection.Streams;
using FieldNet.Telemetry;
using FieldNet.Telemetry.Messages;
using FieldNet.Telemetry.Records;
using FieldNet.Telemetry.Signals;
using FieldNet.Telemetry.Topics;

namespace FieldNet.History.Points;

/// <summary>Reads the numbers of vitals records, each at the time on the log's clock at which it was measured.</summary>
/// <remarks>
/// A live number stands at its arrival, less what its message took longer than the fastest one (ADR 0005). A number of a backlog
/// stands at its device time, carried to the log's clock by the offset that live messages of the device showed.
/// Threading: one thread, the records in order. State: the clocks' offsets; after a restart they are learnt anew from the next message.
/// </remarks>
public sealed class NumericPoints
{
    private readonly TelemetryDecoder _decoder = new();
    private readonly Vitals _vitals = new();
    private readonly Dictionary<string, Device> _devices = new(StringComparer.Ordinal);

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
            _devices.Add(topic.Subject, device = new Device(topic));
        }

        ref readonly var stamp = ref _vitals.Stamp;
        device.Delay.Observe(stamp, record.ReceiveTimeUs);
        var currentUs = device.CurrentUs(stamp, record.ReceiveTimeUs);
        foreach (ref readonly var numeric in _vitals.Numerics)
        {
            if (numeric is { HasValue: true, Refusal: Refusal.None } && numeric.Signal.Id.Length > 0)
            {
                sink.Add(device.SeriesOf(numeric.Signal), MeasuredUs(numeric, stamp, currentUs), numeric.Value, stamp.Historical);
            }
        }
    }

    /// <summary>An intermittent number is as old as its device says, counted from the message's own time.</summary>
    private static long MeasuredUs(in NumericSample numeric, in Stamp stamp, long currentUs)
    {
        var ageUs = numeric.MeasuredAtUs > 0 && stamp.HasDeviceTime ? stamp.DeviceTimeUs - numeric.MeasuredAtUs : 0;
        return ageUs is >= 0 and < 86_400_000_000 ? currentUs - ageUs : currentUs;
    }

    private sealed class Device(Topic topic)
    {
        private readonly List<Series> _series = [];

        public DelayAboveFloor Delay;

        public Series SeriesOf(Signal signal)
        {
            foreach (var series in _series)
            {
                if (ReferenceEquals(series.Signal, signal))
                {
                    return series;
                }
            }

            var added = new Series(topic.Site, topic.Ward, topic.Bed, topic.Device, signal);
            _series.Add(added);
            return added;
        }

        public long CurrentUs(in Stamp stamp, long receiveUs)
        {
            if (!stamp.Historical || !stamp.HasDeviceTime)
            {
                return receiveUs - Delay.OfUs(stamp, receiveUs);
            }

            // Without a live message to compare, the device's clock is taken at its word; nothing was measured in the future.
            return Math.Min(receiveUs, stamp.DeviceTimeUs + Delay.FloorOffsetUs);
        }
    }
}
