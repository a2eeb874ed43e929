using FieldNet.Detection.Streams;
using FieldNet.Telemetry;
using FieldNet.Telemetry.Messages;
using FieldNet.Telemetry.Records;
using FieldNet.Telemetry.Topics;
using FieldNet.Ward.Rules;
using FieldNet.Ward.State;
using FieldNet.Ward.Views;
using DeviceState = FieldNet.Ward.State.DeviceState;

namespace FieldNet.Ward;

/// <summary>Takes what arrived over MQTT: decodes it, finds its device, and lets the rule of its kind work on it.</summary>
/// <remarks>Threading: the processor's thread. Allocation: none for waveforms and vitals of known devices.</remarks>
/// <param name="ward">The state.</param>
/// <param name="waves">Shared with the views behind.</param>
internal sealed class DeviceMessages(WardState ward, WaveDecoding waves)
{
    private readonly TelemetryDecoder _decoder = new();
    private readonly Vitals _vitals = new();
    private readonly LinkReport _link = new();
    private readonly WardDirectory _directory = new(ward);

    /// <returns>Why its content was refused; a refused message changes no bed.</returns>
    public Refusal Take(in RuleContext context, in LogRecord record)
    {
        var topic = record.Topic;
        if (topic.Scope == TopicScope.Watchdog)
        {
            return TakeWatchdog(context, record);
        }

        ward.Messages++;
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
        if (BrokerRule.IsOld(ward, record))
        {
            return TakeOld(context, record, format);
        }

        switch (record.Topic.Message)
        {
            case MessageKind.Wave:
                return TakeWave(context, record);
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
        if (refusal != Refusal.None || (refusal = Heard(context, record, _vitals.Stamp, out var device, out _)) != Refusal.None)
        {
            return refusal;
        }

        VitalsRule.Apply(context, device, _vitals, record);
        DeviceWatch.LookAt(context, device);
        return Refusal.None;
    }

    private Refusal TakeWave(in RuleContext context, in LogRecord record)
    {
        var refusal = waves.Read(record, out var chunk);
        if (refusal != Refusal.None || (refusal = Heard(context, record, chunk.Stamp, out var device, out var wave)) != Refusal.None)
        {
            return refusal;
        }

        ward.Samples += chunk.Count;
        var look = WaveRule.Apply(context, device, wave!, chunk, record);
        if (look || device.State != BedCondition.Live || device.ArmedUs == 0)
        {
            DeviceWatch.LookAt(context, device);
        }

        return Refusal.None;
    }

    private Refusal TakeAlarms(in RuleContext context, in LogRecord record, PayloadFormat format)
    {
        var report = new AlarmReport();
        var refusal = _decoder.ReadAlarms(record.Payload, format, report);
        if (refusal != Refusal.None || (refusal = Heard(context, record, report.Stamp, out var device, out _)) != Refusal.None)
        {
            return refusal;
        }

        var verdict = StreamRule.Observe(context, device, ref device.AlarmSequence, report.Stamp, record);
        var fits = verdict == SequenceVerdict.Duplicate
            || (BacklogRule.IsBacklog(context, device, report.Stamp, record) ? BacklogRule.Report(context, device, report, record) : TakeLive(context, device, report, verdict, record));
        DeviceWatch.LookAt(context, device);
        return fits ? Refusal.None : Refusal.TooManyItems;
    }

    private static bool TakeLive(in RuleContext context, DeviceState device, AlarmReport report, SequenceVerdict verdict, in LogRecord record)
    {
        if (!StreamRule.MovesState(verdict))
        {
            return verdict != SequenceVerdict.Late || ConditionRule.ReportLate(context, device, report, record.ReceiveTimeUs);
        }

        var fits = ConditionRule.Report(context, device, report, record.ReceiveTimeUs);
        BacklogRule.Settle(context, device, report, record);
        return fits;
    }

    private Refusal TakeWatchdog(in RuleContext context, in LogRecord record)
    {
        var report = new AlarmReport();
        var refusal = record.Kind == RecordKind.Will ? Refusal.TopicReserved : _decoder.ReadAlarms(record.Payload, TelemetryDecoder.FormatOf(record.Properties), report);
        refusal = refusal == Refusal.None ? WatchdogRule.Arrived(context, report.Stamp, record) : refusal;
        if (refusal != Refusal.None)
        {
            RefusalRule.Observe(context, refusal, record.Client, []);
        }

        return refusal;
    }

    private Refusal TakeStatus(in RuleContext context, in LogRecord record, PayloadFormat format)
    {
        var status = new DeviceStatus();
        var refusal = _decoder.ReadStatus(record.Payload, format, status);
        if (refusal != Refusal.None || (refusal = Heard(context, record, status.Stamp, out var device, out _)) != Refusal.None)
        {
            return refusal;
        }

        StatusRule.Apply(context, device, status, record);
        DeviceWatch.LookAt(context, device);
        return Refusal.None;
    }

    /// <summary>A message that a broker had retained: no value or alarm of now, nor a word of the device to us.</summary>
    private Refusal TakeOld(in RuleContext context, in LogRecord record, PayloadFormat format)
    {
        if (record.Topic.Message != MessageKind.Status)
        {
            return Refusal.None;
        }

        var status = new DeviceStatus();
        var refusal = _decoder.ReadStatus(record.Payload, format, status);
        if (refusal != Refusal.None || (refusal = _directory.Find(record.Topic, out var device, out _)) != Refusal.None)
        {
            return refusal;
        }

        StatusRule.ApplyOld(context, device, status);
        return Refusal.None;
    }

    private Refusal TakeLink(in RuleContext context, in LogRecord record, PayloadFormat format)
    {
        var refusal = _decoder.ReadLink(record.Payload, format, _link);
        if (refusal != Refusal.None || (refusal = Heard(context, record, _link.Stamp, out var device, out _)) != Refusal.None)
        {
            return refusal;
        }

        device.IsGateway = true;
        var verdict = StreamRule.Observe(context, device, ref device.Reports.Sequence, _link.Stamp, record, device.Reports);
        if (StreamRule.MovesState(verdict) && !_link.Stamp.Historical)
        {
            device.Reports.Period.Observe(StreamRule.CurrentAtUs(device, _link.Stamp, record));
            GatewayRule.Apply(context, device, _link);
        }

        DeviceWatch.LookAt(context, device);
        return Refusal.None;
    }

    /// <summary>Notes that a device spoke; a Will is not its own word.</summary>
    private Refusal Heard(in RuleContext context, in LogRecord record, in Stamp stamp, out DeviceState device, out WaveState? wave)
    {
        var refusal = _directory.Find(record.Topic, out device, out wave);
        if (refusal != Refusal.None || record.Kind == RecordKind.Will)
        {
            return refusal;
        }

        if (stamp.Historical)
        {
            // It speaks of the past: whether the device lives it does not say.
            RateRule.Count(device, record.ReceiveTimeUs);
            return Refusal.None;
        }

        device.Bytes += record.Payload.Length;
        device.HeardUs = Math.Max(device.HeardUs, record.ReceiveTimeUs);
        var bed = context.BedOf(device);
        bed.HeardUs = Math.Max(bed.HeardUs, record.ReceiveTimeUs);
        device.ClosedWithoutLeave = false;

        // What lay in our own sockets while we were away is not news of the device: only what was sent since is.
        device.UnknownBecauseOfAgent &= StreamRule.CurrentAtUs(device, stamp, record) < device.AgentStartUs;
        ConnectionRule.Used(device, record);
        RateRule.Count(device, record.ReceiveTimeUs);
        return Refusal.None;
    }
}
