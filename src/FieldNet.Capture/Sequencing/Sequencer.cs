using System.Diagnostics;
using FieldNet.Capture.Checkpoints;
using FieldNet.Capture.Log;
using FieldNet.Telemetry;
using FieldNet.Telemetry.Ingress;
using FieldNet.Telemetry.Records;
using FieldNet.Telemetry.Topics;

namespace FieldNet.Capture.Sequencing;

/// <summary>The one writer: gives each record its number and log time, appends it to the log, and applies the views in order.</summary>
/// <remarks>
/// Threading: one thread of its own, which takes from the connections' rings in turn; the public members are for any thread unless
/// they say otherwise. Full policy: when the log has no room, QoS 0 waveforms are applied but not logged, and one counted record
/// says so; anything else waits in its ring.
/// Errors: a view that throws on a record is rebuilt without it if it is an <see cref="IQuarantineView"/>; otherwise, or when the
/// log does not commit the quarantine in time (<see cref="CaptureException"/>), the thread ends and <see cref="Completion"/> says why.
/// </remarks>
public sealed class Sequencer : IIngress, IRecordInjector, IDisposable
{
    private const int RefusalsATurn = 64;

    /// <summary>Some seconds of a large ward; a fraction of a second to read.</summary>
    private const int MuchToRead = 20_000;

    /// <summary>With fewer a step, and nobody waiting for an answer, the sequencer has time.</summary>
    private const int FewRecords = 32;

    /// <summary>How soon a connection that waits for room in the log is looked at again.</summary>
    private static readonly TimeSpan StalledWait = TimeSpan.FromMilliseconds(20);

    private readonly CaptureLog _log;
    private readonly SequencerOptions _options;
    private readonly LogClock _clock;
    private readonly HostClockWatch _hostClocks;
    private readonly RecordLine _line;
    private readonly TimeKeeper _time;
    private readonly int _start;
    private readonly ReadyQueue _ready = new();
    private readonly List<IngressRing> _stalled = [];
    private readonly RefusalQueue _refusals = new();
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CheckpointTaker? _checkpoints;
    private Thread? _thread;
    private int _connections;
    private volatile bool _stopping;

    /// <param name="topics">The only table that this log's records are interned in.</param>
    /// <param name="hostClocks">Default: this machine's.</param>
    public Sequencer(CaptureLog log, TopicTable topics, SequencerOptions options, TimeProvider time, IHostClocks? hostClocks = null)
    {
        _log = log;
        _options = options;
        _start = log.Recovered.LastStart + 1;
        _clock = new LogClock(time, log.Recovered.LastLogTimeUs);
        _hostClocks = new HostClockWatch(hostClocks ?? new HostClocks(time), _clock);
        _line = new RecordLine(log, topics, _clock, Refusals, options.CommitWait);
        _time = new TimeKeeper(_line, log, _clock, _hostClocks, options);
    }

    public ILogClock Clock => _clock;

    /// <summary>Refusals since the start, by connections and by views.</summary>
    public RefusalCounts Refusals { get; } = new();

    /// <summary>For the watchdog.</summary>
    public ProcessorBeat Beat { get; } = new();

    /// <summary>Number of the last record.</summary>
    public long LastNumber => _line.LastNumber;

    /// <summary>Records applied but not logged since the start.</summary>
    public long Shed => _line.Shed;

    /// <summary>Ends when the thread does: completed after <see cref="Stop"/>, faulted by a view that threw. The host ends with it.</summary>
    public Task Completion => _completion.Task;

    /// <summary>Replays the log through the views, writes the agent_start record and starts the thread.</summary>
    /// <param name="views">Applied in this order; the first refusal is the record's.</param>
    public ReplaySummary Start(IReadOnlyList<IRecordView> views)
    {
        var summary = StartWithoutThread(views);
        _thread = new Thread(Run) { Name = "fieldnet-sequencer", IsBackground = true };
        _thread.Start();
        return summary;
    }

    /// <summary>Takes what the rings still hold, writes the stop record, commits, and ends the thread. Connections should have ended before.</summary>
    public void Stop()
    {
        _stopping = true;
        _ready.Wake();
        _thread?.Join();
    }

    /// <inheritdoc/>
    public long NextConnection() => ((long)_start << 32) | (uint)Interlocked.Increment(ref _connections);

    /// <inheritdoc/>
    public IIngressLane OpenLane(long connection, string client, IArrivalOwner owner) =>
        new IngressRing(connection, client, owner, _options.RingBytes, _ready.Add);

    /// <inheritdoc/>
    public void Refuse(Refusal reason, long connection, string client, string address, string detail)
    {
        Refusals.Count(reason);
        _refusals.Add(new RefusalQueue.Item(reason, connection, client, address, detail, _clock.NowUs));
        _ready.Wake();
    }

    /// <inheritdoc/>
    public void Inject(in Arrival arrival, long connection, string client) => _line.Inject(in arrival, connection, client);

    /// <inheritdoc cref="Stop"/>
    public void Dispose() => Stop();

    /// <summary>For tests that call <see cref="Step"/> and <see cref="Finish"/> themselves.</summary>
    internal ReplaySummary StartWithoutThread(IReadOnlyList<IRecordView> views)
    {
        var (previous, clean) = (_log.Recovered.LastNumber, _log.Recovered.Clean);
        var summary = _line.Start(
            views, Beat, checkpoint => AgentPayloads.Start(_start, _options.Version, checkpoint, previous, clean, _hostClocks.WallMinusLogUs, _options.Settings).ToArray());
        _checkpoints = new CheckpointTaker(_log, _line.Stage.CheckpointViews, _options);
        // A start that had much to read takes one at once: an agent that crashes again and again must not read more each time.
        _checkpoints.Begin(_line.LastNumber, summary.Records < MuchToRead ? _line.LastLogTimeUs : 0);
        return summary;
    }

    /// <summary>One turn for each connection that has something, then what time asks for.</summary>
    internal void Step()
    {
        Beat.Beat();
        _time.Arrive();
        _stalled.ForEach(_ready.Add);
        _stalled.Clear();
        for (var turns = _ready.Count; turns > 0 && _ready.TryTake(out var ring); turns--)
        {
            TakeTurn(ring!);
            Beat.Beat();
        }

        for (var taken = 0; taken < RefusalsATurn && _refusals.TryTake(out var refusal); taken++)
        {
            _line.AddOwn(RecordKind.Refused, AgentPayloads.Refused(in refusal), refusal.Connection, refusal.Client, refusal.ReceiveTimeUs);
        }

        _time.Keep();
        _checkpoints?.Keep(_line.LastNumber, _line.LastLogTimeUs);
    }

    /// <summary>The orderly end: what the rings hold, the stop record, the last commit.</summary>
    internal void Finish()
    {
        var started = Stopwatch.GetTimestamp();
        do
        {
            Step();
        }
        while (_ready.Count > 0 && _stalled.Count == 0 && Stopwatch.GetElapsedTime(started) < _options.CommitWait);
        _line.CloseShedSpan();
        _line.AddOwn(RecordKind.Stop, default);
        _time.EndBatch();
        _log.Commit(_options.CommitWait);
        _checkpoints?.Finish(_line.LastNumber, _line.LastLogTimeUs);
    }

    private void Run()
    {
        try
        {
            while (!_stopping)
            {
                var (before, awaited) = (_line.LastNumber, _line.Awaited);
                Step();
                var idle = _time.IdleTime();
                _ready.Park(_stalled.Count > 0 && idle > StalledWait ? StalledWait : idle, rests: _line.LastNumber - before < FewRecords && _line.Awaited == awaited);
            }

            Finish();
            _completion.SetResult();
        }
        catch (Exception e)
        {
            // The loop's top: the host ends with this, and the log makes that safe.
            _completion.SetException(e);
        }
    }

    private void TakeTurn(IngressRing ring)
    {
        var view = ring.View();
        // Behind the view: what is in it was received before, and no record is numbered earlier than that.
        _line.ReadClock();
        var stalled = false;
        for (var taken = 0; taken < _options.TurnRecords && view.BytesRead < _options.TurnBytes && view.TryPeek(out var record); taken++)
        {
            if (!_line.TryAdd(RingRecord.Read(record), ring.Connection, ring.Client, ring.Owner))
            {
                stalled = true;
                break;
            }

            view.Advance();
        }

        if (!ring.Release(in view))
        {
            return;
        }

        if (stalled)
        {
            _stalled.Add(ring);
        }
        else
        {
            _ready.Add(ring);
        }
    }
}
