using FieldNet.Detection.Streams;
using FieldNet.Telemetry;
using FieldNet.Telemetry.Messages;
using FieldNet.Telemetry.Records;
using FieldNet.Telemetry.Topics;
using FieldNet.Ward.Events;
using FieldNet.Ward.Rules;
using FieldNet.Ward.State;
using FieldNet.Ward.Views;
using DeviceState = FieldNet.Ward.State.DeviceState;

namespace FieldNet.Ward;

/// <summary>Computes the ward from the log: applies records in order and says what began, changed and ended.</summary>
/// <remarks>
/// Pure: no clock, no I/O, no thread of its own; the same records give the same state and the same events (P4).
/// Threading: one thread at a time. Errors: if <see cref="Apply"/> throws, the state is spoilt and must be rebuilt
/// (<see cref="Rebuild"/>) without that record; none of the record's events left the processor.
/// </remarks>
public sealed class WardProcessor : IRecordView, IQuarantineView, IDeadlineSource, IWardViews
{
    private readonly IEventSink _sink;
    private readonly EventOutbox _outbox = new();
    private readonly TelemetryDecoder _decoder = new();
    private readonly Vitals _vitals = new();

    private WardState _ward;
    private WardDirectory _directory;
    private TileViews _tiles;

    /// <param name="sink">Takes the events, each once.</param>
    /// <param name="checkpoint">State to go on from; null for an empty ward.</param>
    public WardProcessor(IEventSink sink, WardState? checkpoint = null)
    {
        _sink = new OnceOnlySink(sink);
        _ward = checkpoint ?? new WardState();
        (_directory, _tiles) = (new WardDirectory(_ward), new TileViews(_ward));
    }

    /// <summary>The state, for a checkpoint. Threading: the processor's thread, between records.</summary>
    public WardState State => _ward;

    /// <inheritdoc/>
    public long NextDeadlineUs => _ward.Deadlines.Count > 0 ? _ward.Deadlines[0].DueUs : long.MaxValue;

    /// <inheritdoc/>
    public WardSnapshot Snapshot() => _tiles.Snapshot();

    /// <inheritdoc/>
    public Refusal Apply(in LogRecord record)
    {
        try
        {
            _ward.Record = record.Number;
            var context = new RuleContext(_ward, _outbox, record.LogTimeUs);
            if (AgentRule.WasAway(record))
            {
                // Before the deadlines: what fell due while we were away is our silence, not the devices'.
                AgentRule.ForgetWhatIsLive(context, restarted: record.Kind == RecordKind.AgentStart);
                LookAtAll(context);
            }
            else if (ClockRule.IsShortStall(record))
            {
                AgentRule.Hold(_ward, record);
            }

            FireDeadlines(record.LogTimeUs);
            _ward.LogTimeUs = record.LogTimeUs;
            var refusal = Dispatch(context, record);
            _outbox.Release(_sink);
            return refusal;
        }
        catch
        {
            _outbox.Discard();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Rebuild(ReplayRecords replay)
    {
        _ward = new WardState();
        (_directory, _tiles) = (new WardDirectory(_ward), new TileViews(_ward));
        replay((in LogRecord record) => Apply(record));
    }

    /// <summary>Fires what is due, each at its own time, in the order of time.</summary>
    private void FireDeadlines(long nowUs)
    {
        if (nowUs < _ward.HoldUntilUs)
        {
            return;
        }

        var heap = _ward.Deadlines;
        while (heap.Count > 0 && heap[0].DueUs <= nowUs)
        {
            var due = DeadlineHeap.Pop(heap);

            // What fell due while we held judgement is judged as of its end.
            var context = new RuleContext(_ward, _outbox, Math.Max(due.DueUs, _ward.HoldUntilUs));
            if (due.Device < 0)
            {
                RefusalRule.Age(context);
            }
            else if (_ward.Devices[due.Device] is { } device && device.ArmedUs == due.DueUs)
            {
                device.ArmedUs = 0;
                LookAt(context, device);
            }
        }
    }

    private Refusal Dispatch(in RuleContext context, in LogRecord record)
    {
        switch (record.Kind)
        {
            case RecordKind.Publish or RecordKind.Will:
                return TakeMessage(context, record);
            case RecordKind.Close:
                Close(context, record);
                break;
            case RecordKind.Clock:
                ClockRule.Say(context, record);
                break;
            case RecordKind.Refused:
                RefusalRule.Observe(context, RefusedRecord.ReasonOf(record), record.Client.Length > 0 ? record.Client : "unnamed", []);
                break;
            case RecordKind.Quarantine:
                _outbox.Point(_ward, context.NowUs, "incident", "quarantine", "agent", EventSeverity.High, [], [new("record", record.Number)], "agent");
                break;
            case RecordKind.Shed:
                _outbox.Point(_ward, context.NowUs, "data", "shed", "agent", EventSeverity.Medium, [], [], "agent");
                break;
        }

        return Refusal.None;
    }

    private Refusal TakeMessage(in RuleContext context, in LogRecord record)
    {
        var topic = record.Topic;
        _ward.Messages++;
        if (topic.Scope == TopicScope.Foreign || (record.Retain && record.Payload.IsEmpty))
        {
            return Refusal.None;
        }

        var refusal = topic.Refusal != Refusal.None ? topic.Refusal : TakeDeviceMessage(context, record);
        if (refusal != Refusal.None)
        {
            var known = topic.Scope == TopicScope.Device;
            RefusalRule.Observe(context, refusal, known ? topic.Subject : record.Client, known ? [$"{topic.Ward}/{topic.Bed}"] : []);
        }

        return refusal;
    }

    private Refusal TakeDeviceMessage(in RuleContext context, in LogRecord record)
    {
        if (record.Kind == RecordKind.Will && record.Topic.Message != MessageKind.Status)
        {
            // Written when the device connected: no value or alarm of now. That the device is gone its Close says.
            return Refusal.None;
        }

        var format = TelemetryDecoder.FormatOf(record.Properties);
        switch (record.Topic.Message)
        {
            case MessageKind.Wave:
                return TakeWave(context, record, format);
            case MessageKind.Vitals:
                return TakeVitals(context, record, format);
            case MessageKind.Alarm:
                return TakeAlarms(context, record, format);
            case MessageKind.Status:
                return TakeStatus(context, record, format);
            case MessageKind.Link:
                return TakeLink(context, record, format);
            default:
                return Refusal.TopicOutsideGrammar;
        }
    }

    private Refusal TakeVitals(in RuleContext context, in LogRecord record, PayloadFormat format)
    {
        var refusal = _decoder.ReadVitals(record.Payload, format, _vitals);
        refusal = refusal != Refusal.None ? refusal : VitalsRule.WholeRefusal(_vitals);
        if (refusal != Refusal.None || (refusal = Heard(context, record, out var device, out _)) != Refusal.None)
        {
            return refusal;
        }

        VitalsRule.Apply(context, device, _vitals, record);
        LinkRule.Apply(context, device);
        LookAt(context, device);
        return Refusal.None;
    }

    private Refusal TakeWave(in RuleContext context, in LogRecord record, PayloadFormat format)
    {
        var refusal = _decoder.ReadWave(record.Payload, format, record.Topic.Signal!, out var chunk);
        if (refusal != Refusal.None || (refusal = Heard(context, record, out var device, out var wave)) != Refusal.None)
        {
            return refusal;
        }

        _ward.Samples += chunk.Count;
        var look = WaveRule.Apply(context, device, wave!, chunk, record);
        if (look || device.State != BedCondition.Live || device.ArmedUs == 0)
        {
            LookAt(context, device);
        }

        return Refusal.None;
    }

    private Refusal TakeAlarms(in RuleContext context, in LogRecord record, PayloadFormat format)
    {
        var report = new AlarmReport();
        var refusal = _decoder.ReadAlarms(record.Payload, format, report);
        if (refusal != Refusal.None || (refusal = Heard(context, record, out var device, out _)) != Refusal.None)
        {
            return refusal;
        }

        var verdict = StreamRule.Observe(context, device, ref device.AlarmSequence, report.Stamp, record);
        var fits = report.Stamp.Historical
            || (StreamRule.MovesState(verdict) ? ConditionRule.Report(context, device, report, record.ReceiveTimeUs)
            : verdict != SequenceVerdict.Late || ConditionRule.ReportLate(context, device, report, record.ReceiveTimeUs));
        LookAt(context, device);
        return fits ? Refusal.None : Refusal.TooManyItems;
    }

    private Refusal TakeStatus(in RuleContext context, in LogRecord record, PayloadFormat format)
    {
        var status = new DeviceStatus();
        var refusal = _decoder.ReadStatus(record.Payload, format, status);
        if (refusal != Refusal.None || (refusal = Heard(context, record, out var device, out _)) != Refusal.None)
        {
            return refusal;
        }

        StatusRule.Apply(context, device, status, record);
        LookAt(context, device);
        return Refusal.None;
    }

    private Refusal TakeLink(in RuleContext context, in LogRecord record, PayloadFormat format)
    {
        var report = new LinkReport();
        var refusal = _decoder.ReadLink(record.Payload, format, report);
        if (refusal != Refusal.None || (refusal = Heard(context, record, out var device, out _)) != Refusal.None)
        {
            return refusal;
        }

        LookAt(context, device);
        return Refusal.None;
    }

    /// <summary>Notes that a device spoke; a Will is not its own word.</summary>
    private Refusal Heard(in RuleContext context, in LogRecord record, out DeviceState device, out WaveState? wave)
    {
        var refusal = _directory.Find(record.Topic, out device, out wave);
        if (refusal != Refusal.None || record.Kind == RecordKind.Will)
        {
            return refusal;
        }

        device.HeardUs = Math.Max(device.HeardUs, record.ReceiveTimeUs);
        var bed = context.BedOf(device);
        bed.HeardUs = Math.Max(bed.HeardUs, record.ReceiveTimeUs);
        (device.UnknownBecauseOfAgent, device.ClosedWithoutLeave) = (false, false);
        ConnectionRule.Used(device, record);
        RateRule.Count(device, record.ReceiveTimeUs);
        return Refusal.None;
    }

    private void Close(in RuleContext context, in LogRecord record)
    {
        var leave = ConnectionRule.TookLeave(record.Payload);
        foreach (var device in _ward.Devices)
        {
            if (ConnectionRule.Closed(device, record.Connection, leave))
            {
                device.ClosedWithoutLeave = true;
                LookAt(context, device);
            }
        }
    }

    private void LookAtAll(in RuleContext context)
    {
        foreach (var device in _ward.Devices)
        {
            LookAt(context, device);
        }
    }

    /// <summary>Brings the device up to date and arms its next deadline; one that lies later than the armed one is found when that fires.</summary>
    private void LookAt(in RuleContext context, DeviceState device)
    {
        var next = DeviceAges.Evaluate(context, device);
        if (next < long.MaxValue && (device.ArmedUs == 0 || next < device.ArmedUs))
        {
            device.ArmedUs = next;
            DeadlineHeap.Push(_ward.Deadlines, new Deadline(next, device.Index));
        }
    }
}
