using System.Buffers.Binary;
using FieldNet.History.Points;
using FieldNet.Telemetry;
using FieldNet.Telemetry.Messages;
using FieldNet.Telemetry.Records;
using FieldNet.Telemetry.Signals;
using FieldNet.Telemetry.Topics;

namespace FieldNet.History.LineProtocol;

/// <summary>The lines of the log's records: numbers, links and, if asked for, waveforms.</summary>
/// <remarks>
/// Units: a line's time has the record's number modulo 1,000 in the digits below the microsecond, so that two messages which one
/// read of a socket brought, and which have no time of their own, stay two points.
/// </remarks>
internal sealed class RecordLines : ILineSource, IPointSink
{
    private readonly ICommittedReader _reader;
    private readonly DeviceClocks _clocks = new();
    private readonly NumericPoints _numerics = new();
    private readonly TelemetryDecoder _decoder = new();
    private readonly LinkReport _link = new();
    private readonly Dictionary<Series, byte[]> _seriesHeads = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Topic, byte[]> _topicHeads = new(ReferenceEqualityComparer.Instance);
    private readonly LineBatch _batch;
    private readonly LineWriter _writer;
    private long _number;
    private long _timeUs;

    public RecordLines(ICommittedLog log, SendPosition from, bool waves, LineBatch batch)
    {
        Restore(from);
        (_number, _timeUs) = (from.Number, from.TimeUs);
        (_batch, _writer) = (batch, new LineWriter(batch));
        _reader = log.Read(from.Number + 1, waves);
    }

    /// <inheritdoc/>
    public SendPosition Position => new(_number, _timeUs, _numerics.Save(), _clocks.Save());

    /// <inheritdoc/>
    public bool Fill(long through)
    {
        while (!_batch.IsFull)
        {
            if (!_reader.TryRead(through, Take))
            {
                return false;
            }
        }

        return true;
    }

    public void Dispose() => _reader.Dispose();

    /// <inheritdoc/>
    void IPointSink.Add(Series series, long timeUs, double value, bool isLate)
    {
        if (!_seriesHeads.TryGetValue(series, out var head))
        {
            head = LineWriter.Head(LineSchema.Numeric, series.Bed, series.Device, series.Signal.Id, series.Site, series.Ward);
            _seriesHeads.Add(series, head);
        }

        _writer.Begin(head);
        _writer.Float("value"u8, value);
        if (isLate)
        {
            _writer.Integer("late"u8, 1);
        }

        _writer.End(Nanoseconds(timeUs));
    }

    /// <summary>What another version wrote is learnt anew: what was sent last may come a second time at slightly other times, which is better than nothing.</summary>
    private void Restore(SendPosition from)
    {
        try
        {
            _clocks.Restore(from.Clocks);
            if (from.Numbers.Length > 0)
            {
                _numerics.Restore(from.Numbers);
            }
        }
        catch (InvalidDataException)
        {
            _clocks.Restore([]);
        }
    }

    private long Nanoseconds(long timeUs) => (timeUs * 1_000) + (_number % 1_000);

    private void Take(in LogRecord record)
    {
        (_number, _timeUs) = (record.Number, record.LogTimeUs);
        _numerics.Read(record, this);
        if (record.Kind != RecordKind.Publish || record.Topic is not { Scope: TopicScope.Device, Refusal: Refusal.None } topic)
        {
            return;
        }

        switch (topic.Message)
        {
            case MessageKind.Link: TakeLink(record, topic); break;
            case MessageKind.Wave when topic.Signal is { } signal: TakeWave(record, topic, signal); break;
        }
    }

    private void TakeLink(in LogRecord record, Topic topic)
    {
        if (_decoder.ReadLink(record.Payload, TelemetryDecoder.FormatOf(record.Properties), _link) != Refusal.None)
        {
            return;
        }

        _writer.Begin(HeadOf(topic, LineSchema.Link, topic.Bed, topic.Device, topic.Site, topic.Ward));
        Float("rsrp_dbm"u8, _link.RsrpDbm);
        Float("rsrq_db"u8, _link.RsrqDb);
        Float("sinr_db"u8, _link.SinrDb);
        Float("rtt_ms"u8, _link.RttMs);
        Float("loss_ratio"u8, _link.LossRatio);
        Float("battery_percent"u8, _link.BatteryPercent);
        Integer("registration"u8, _link.Registration == 0 ? null : _link.Registration);
        Integer("band"u8, _link.Band);
        Integer("pci"u8, _link.Pci);
        Integer("five_qi"u8, _link.FiveQi);
        Integer("on_mains"u8, _link.OnMains is { } mains ? mains ? 1 : 0 : null);
        _writer.Text("rat"u8, _link.Rat);
        _writer.End(Nanoseconds(_clocks.MeasuredUs(topic, _link.Stamp, record.ReceiveTimeUs)));
    }

    /// <summary>A waveform's first sample is at its device time; without one its last is at its arrival.</summary>
    private void TakeWave(in LogRecord record, Topic topic, Signal signal)
    {
        if (_decoder.ReadWave(record.Payload, TelemetryDecoder.FormatOf(record.Properties), signal, out var chunk) != Refusal.None)
        {
            return;
        }

        ref readonly var stamp = ref chunk.Stamp;
        var head = HeadOf(topic, LineSchema.Wave, topic.Bed, topic.Device, signal.Id, topic.Site, topic.Ward);
        var measuredUs = _clocks.MeasuredUs(topic, stamp, record.ReceiveTimeUs);
        var firstUs = stamp switch
        {
            { Historical: true, HasDeviceTime: true } => measuredUs,
            { HasDeviceTime: true, HasSentTime: true } => measuredUs - (stamp.SentTimeUs - stamp.DeviceTimeUs),
            _ => measuredUs - (chunk.Count * chunk.SamplePeriodUs),
        };
        for (var i = 0; i < chunk.Count; i++)
        {
            if (BinaryPrimitives.ReadInt16LittleEndian(chunk.Samples[(2 * i)..]) is var sample and not short.MinValue)
            {
                _writer.Begin(head);
                _writer.Float("value"u8, (sample * chunk.Gain) + chunk.Offset);
                _writer.End(Nanoseconds((long)(firstUs + (i * chunk.SamplePeriodUs))));
            }
        }
    }

    private byte[] HeadOf(Topic topic, Measurement measurement, params ReadOnlySpan<string> tags)
    {
        if (!_topicHeads.TryGetValue(topic, out var head))
        {
            _topicHeads.Add(topic, head = LineWriter.Head(measurement, tags));
        }

        return head;
    }

    private void Float(ReadOnlySpan<byte> field, double? value)
    {
        if (value is { } known)
        {
            _writer.Float(field, known);
        }
    }

    private void Integer(ReadOnlySpan<byte> field, long? value)
    {
        if (value is { } known)
        {
            _writer.Integer(field, known);
        }
    }
}
