using System.Diagnostics.CodeAnalysis;
using FieldNet.Telemetry;
using FieldNet.Telemetry.Messages;
using FieldNet.Telemetry.Records;
using FieldNet.Telemetry.Topics;
using FieldNet.Ward.Events;
using FieldNet.Ward.Rules;
using FieldNet.Ward.State;
using FieldNet.Ward.Views;

namespace FieldNet.Ward;

/// <summary>Computes the ward from the log: applies records in order and says what began, changed and ended.</summary>
/// <remarks>
/// Pure: no clock, no I/O, no thread of its own; the same records give the same state and the same events (P4).
/// Threading: one thread at a time. Errors: if <see cref="Apply"/> throws, the state is spoilt and must be rebuilt
/// (<see cref="Rebuild"/>) without that record; none of the record's events left the processor.
/// </remarks>
public sealed class WardProcessor : IQuarantineView, ICheckpointView, IDeadlineSource, IWardViews
{
    private readonly OnceOnlySink _sink;
    private readonly EventOutbox _outbox = new();
    private readonly WardOptions? _options;
    private WardState _ward;
    private DeviceMessages _messages;
    private TileViews _tiles;
    private bool _isRebuilding;

    /// <param name="sink">Takes the events, each once.</param>
    /// <param name="checkpoint">State to go on from; null for an empty ward.</param>
    /// <param name="options">Other limits than those that the records of the agent's starts name; null for theirs.</param>
    public WardProcessor(IEventSink sink, WardState? checkpoint = null, WardOptions? options = null)
    {
        _options = options;
        _sink = new OnceOnlySink(sink);
        TakeUp(checkpoint ?? new WardState());
    }

    /// <summary>What it decoded of the record applied last, for the views behind it. Threading: as <see cref="Apply"/>.</summary>
    public WaveDecoding Waves { get; } = new();

    /// <summary>The state, for a checkpoint. Threading: the processor's thread, between records.</summary>
    public WardState State => _ward;

    /// <inheritdoc/>
    public long NextDeadlineUs => _ward.Deadlines.Count > 0 ? _ward.Deadlines[0].DueUs : long.MaxValue;

    /// <inheritdoc/>
    public string CheckpointName => "ward";

    /// <inheritdoc/>
    public WardSnapshot Snapshot() => _tiles.Snapshot();

    /// <inheritdoc/>
    public NetworkView Network() => NetworkViews.Draw(_ward);

    /// <inheritdoc/>
    public Refusal Apply(in LogRecord record)
    {
        try
        {
            _ward.Record = record.Number;
            if (record.Kind == RecordKind.AgentStart && _options is null)
            {
                _ward.Options = WardSettings.OfStart(record.Payload);
            }

            var context = new RuleContext(_ward, _outbox, record.LogTimeUs);
            if (AgentRule.WasAway(record))
            {
                // Before the deadlines: what fell due while we were away is our silence, not the devices'.
                AgentRule.ForgetWhatIsLive(context, restarted: record.Kind == RecordKind.AgentStart);
                WatchdogRule.Forget(context);
                LookAtAll(context);
            }
            else if (ClockRule.IsShortStall(record))
            {
                AgentRule.Hold(_ward, record);
            }

            FireDeadlines(record.LogTimeUs);
            if (record.Kind == RecordKind.AgentStart)
            {
                AgentFaultRule.Restarted(context, record.LogTimeUs - _ward.LogTimeUs);
            }

            _ward.LogTimeUs = record.LogTimeUs;
            var refusal = Dispatch(context, record);
            SecondRule.Begin(context);
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
    public byte[] SaveCheckpoint() => WardCheckpoint.Write(_ward);

    /// <inheritdoc/>
    public void RestoreCheckpoint(ReadOnlySpan<byte> saved, TopicTable topics)
    {
        TakeUp(saved.IsEmpty ? new WardState() : WardCheckpoint.Read(saved));
        if (!_isRebuilding)
        {
            // A rebuild computes again what this run has passed on already.
            _sink.StartBehind(_ward.EventNumber);
        }
    }

    /// <inheritdoc/>
    public void Rebuild(ReplayRecords replay)
    {
        TakeUp(new WardState());
        _isRebuilding = true;
        try
        {
            replay((in LogRecord record) => Apply(record));
        }
        finally
        {
            _isRebuilding = false;
        }
    }

    [MemberNotNull(nameof(_ward), nameof(_messages), nameof(_tiles))]
    private void TakeUp(WardState state)
    {
        _ward = state;
        _ward.Options = _options ?? _ward.Options;
        (_messages, _tiles) = (new DeviceMessages(_ward, Waves), new TileViews(_ward));
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
            if (due.Device == SecondRule.Deadline)
            {
                SecondRule.End(context, nowUs);
            }
            else if (due.Device == IncidentRule.Deadline)
            {
                IncidentRule.Explain(context);
            }
            else if (due.Device == WatchdogRule.Deadline)
            {
                WatchdogRule.Age(context);
            }
            else if (due.Device < 0)
            {
                RefusalRule.Age(context);
            }
            else if (_ward.Devices[due.Device] is { } device && device.ArmedUs == due.DueUs)
            {
                device.ArmedUs = 0;
                DeviceWatch.LookAt(context, device);
            }
        }
    }

    private Refusal Dispatch(in RuleContext context, in LogRecord record)
    {
        switch (record.Kind)
        {
            case RecordKind.Publish or RecordKind.Will:
                return _messages.Take(context, record);
            case RecordKind.Connect:
                BrokerRule.Connected(context, record);
                break;
            case RecordKind.Close when !BrokerRule.Lost(context, record):
                Close(context, record);
                break;
            case RecordKind.AgentStart:
                BrokerRule.Forget(context);
                DiskRule.Forget(context);
                PlanRule.Take(context);
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
            case RecordKind.Disk:
                DiskRule.Say(context, record);
                break;
            case RecordKind.CursorCut:
                DiskRule.SayCut(context, record);
                break;
            case RecordKind.Network:
                NetworkRule.Apply(context, record);
                break;
            case RecordKind.Probe:
                ProbeRule.Apply(context, record);
                break;
            case RecordKind.Health:
                HealthRule.Apply(context, record);
                break;
            case RecordKind.Seen:
                WatchdogRule.Seen(context, record);
                break;
            case RecordKind.Shed:
                _outbox.Point(_ward, context.NowUs, "data", "shed", "agent", EventSeverity.Medium, [], [], "agent");
                break;
        }

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
                DeviceWatch.LookAt(context, device);
            }
        }
    }

    private void LookAtAll(in RuleContext context)
    {
        foreach (var device in _ward.Devices)
        {
            DeviceWatch.LookAt(context, device);
        }
    }
}
