using FieldNet.Telemetry;
using FieldNet.Telemetry.Messages;
using FieldNet.Telemetry.Records;
using FieldNet.Telemetry.Topics;

namespace FieldNet.History.Points;

/// <summary>Reads the numbers of vitals records, each once, at the time on the log's clock at which it was measured.</summary>
/// <remarks>
/// A message that was redelivered (same stamp) gives nothing, and a measurement that its device repeats (a cuff's pressure) gives one
/// point. <see cref="DeviceDating"/> has the time. Threading: one thread, the records in order.
/// State: <see cref="Save"/> and <see cref="Restore"/> carry it over a restart, so that records read again give the same points.
/// </remarks>
public sealed class NumericPoints
{
    private const long DayUs = 86_400_000_000;

    private readonly TelemetryDecoder _decoder = new();
    private readonly Vitals _vitals = new();
    private readonly Dictionary<string, PointDevice> _devices = new(StringComparer.Ordinal);
    private long _brokerConnection;

    /// <summary>Hands on every number of a record that counts; a record without numbers gives none.</summary>
    public void Read(in LogRecord record, IPointSink sink)
    {
        if (record.Kind is RecordKind.AgentStart or RecordKind.Connect)
        {
            // Where all devices speak through another's broker: as in the ward's BrokerRule.
            _brokerConnection = record.Kind == RecordKind.Connect && record.Payload.IndexOf("\"broker\""u8) >= 0 ? record.Connection
                : record.Kind == RecordKind.AgentStart ? 0 : _brokerConnection;
            return;
        }

        var throughBroker = record.Connection == _brokerConnection && _brokerConnection > 0;
        if (record.Kind != RecordKind.Publish || record.Topic is not { Scope: TopicScope.Device, Refusal: Refusal.None, Message: MessageKind.Vitals } topic
            || (throughBroker && record.Retain)
            || _decoder.ReadVitals(record.Payload, TelemetryDecoder.FormatOf(record.Properties), _vitals) != Refusal.None)
        {
            return;
        }

        if (!_devices.TryGetValue(topic.Subject, out var device))
        {
            _devices.Add(topic.Subject, device = new PointDevice(topic.Site, topic.Ward, topic.Bed, topic.Device));
        }

        ref readonly var stamp = ref _vitals.Stamp;
        if (device.IsNew(stamp, throughBroker ? record.Connection + record.Number : record.Connection, out var moves))
        {
            Read(device, stamp, device.Dating.CurrentUs(stamp, record.ReceiveTimeUs, moves, out var isLate), isLate, sink);
        }
    }

    /// <summary>All that it knows, to go on from here.</summary>
    public byte[] Save() => PointsState.Write(_brokerConnection, _devices.Values);

    /// <summary>Goes on from what <see cref="Save"/> gave.</summary>
    /// <exception cref="InvalidDataException">Of another version, or damaged.</exception>
    public void Restore(ReadOnlySpan<byte> saved)
    {
        _devices.Clear();
        _brokerConnection = PointsState.Read(saved, device => _devices.Add(device.Subject, device));
    }

    private void Read(PointDevice device, in Stamp stamp, long currentUs, bool isLate, IPointSink sink)
    {
        foreach (ref readonly var numeric in _vitals.Numerics)
        {
            if (numeric is not { HasValue: true, Refusal: Refusal.None } || numeric.Signal.Id.Length == 0)
            {
                continue;
            }

            var series = device.Of(numeric.Signal);
            if (numeric.MeasuredAtUs == 0)
            {
                sink.Add(series.Series, currentUs, numeric, stamp, isLate);
            }
            else if (series.IsNew(numeric.MeasuredAtUs))
            {
                sink.Add(series.Series, MeasuredUs(numeric, stamp, currentUs), numeric, stamp, isLate);
            }
        }
    }

    /// <summary>An intermittent number is as old as its device says, counted from the message's own time.</summary>
    private static long MeasuredUs(in NumericSample numeric, in Stamp stamp, long currentUs)
    {
        var ageUs = stamp.HasDeviceTime ? stamp.DeviceTimeUs - numeric.MeasuredAtUs : 0;
        return ageUs is >= 0 and < DayUs ? currentUs - ageUs : currentUs;
    }
}
