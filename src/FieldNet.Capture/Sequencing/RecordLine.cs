using FieldNet.Capture.Log;
using FieldNet.Telemetry;
using FieldNet.Telemetry.Ingress;
using FieldNet.Telemetry.Records;
using FieldNet.Telemetry.Topics;

namespace FieldNet.Capture.Sequencing;

/// <summary>The way of one record: number and log time, the log, the views, its owner, and what the views put behind it.</summary>
/// <remarks>Threading: the sequencer's.</remarks>
internal sealed class RecordLine(CaptureLog log, TopicTable topics, LogClock clock, RefusalCounts refusals, TimeSpan commitWait)
{
    private readonly InjectedArrivals _injected = new();
    private ShedSpan _openShed;
    private long _number = log.Recovered.LastNumber;
    private long _shed;
    private long _nowUs;

    public ViewStage Stage { get; private set; } = new([]);

    public LogReplay? Replay { get; private set; }

    public long LastNumber => Volatile.Read(ref _number);

    public long LastLogTimeUs { get; private set; } = log.Recovered.LastLogTimeUs;

    /// <summary>Records that somebody waited for.</summary>
    public long Awaited { get; private set; }

    /// <summary>Records applied but not logged.</summary>
    public long Shed => Volatile.Read(ref _shed);

    /// <summary>Brings the views up to date and puts the start record behind what they have seen.</summary>
    /// <param name="startPayload">Of the start record, given the number of the checkpoint that the views started from.</param>
    public ReplaySummary Start(IReadOnlyList<IRecordView> views, ProcessorBeat beat, Func<long, byte[]> startPayload)
    {
        Stage = new ViewStage(views);
        Replay = new LogReplay(log.Disk, topics, beat);
        var poisoned = new List<(long Number, Exception Error)>();
        var summary = Replay.Run(Stage, _number, before: _injected.Reread, (number, error) => poisoned.Add((number, error)));
        AddOwn(RecordKind.AgentStart, startPayload(summary.Checkpoint));
        AddQuarantines(poisoned);
        return summary;
    }

    public void Inject(in Arrival arrival, long connection, string client) => _injected.Add(in arrival, connection, client);

    /// <summary>The records that follow are numbered now: read once a turn, since the clock costs a tenth of the work on a record.</summary>
    public void ReadClock() => _nowUs = clock.NowUs;

    /// <summary>Takes a connection's arrival.</summary>
    /// <returns>False when the log has no room for it: nothing was done.</returns>
    public bool TryAdd(in Arrival arrival, long connection, string client, IArrivalOwner owner)
    {
        if (!owner.Admits(in arrival))
        {
            return true;
        }

        var topic = TopicOf(in arrival);
        var lane = LogRecord.LaneOf(arrival.Kind, topic);
        var keeps = arrival.Kind != RecordKind.Publish || log.Upkeep.Keeps(lane);
        if (!keeps || !log.HasRoom(lane, arrival.Topic.Length + arrival.Properties.Length + arrival.Payload.Length))
        {
            return TryShed(in arrival, topic, lane, keeps, connection, client, owner);
        }

        if (lane == LogLane.Waves)
        {
            CloseShedSpan();
        }

        var record = Number(in arrival, topic, connection, client);
        Accept(in record, lane, logged: true);
        var refusal = Apply(in record);
        owner.Sequenced(in record, lane, refusal);
        // Behind Sequenced, so that the acknowledgement is queued before the commit tells the owner to send.
        if (arrival.Awaited)
        {
            Awaited++;
            log.Await(lane, owner);
        }

        AddInjected();
        return true;
    }

    /// <summary>Takes an arrival that can't be logged, if it may be shown without.</summary>
    private bool TryShed(in Arrival arrival, Topic topic, LogLane lane, bool keeps, long connection, string client, IArrivalOwner owner)
    {
        // While the buffer alone is full only waveforms that nobody waits for may go; a full disk lasts, so whoever can be told of it is.
        var tell = !keeps && arrival.Qos == 1 && owner.MayShed(in arrival);
        if (!tell && (arrival.Qos > 0 || (keeps && lane == LogLane.Facts)))
        {
            return false;
        }

        // At QoS 0: what is not in the log must not enter a session that follows from it.
        var record = Number(in arrival, topic, connection, client) with { Qos = 0 };
        Accept(in record, lane, logged: false);
        var refusal = Apply(in record);
        if (tell)
        {
            refusals.Count(Refusal.DiskFull);
            owner.Shed(in record, refusal == Refusal.None ? Refusal.DiskFull : refusal);
        }
        else
        {
            owner.Sequenced(in record, lane, refusal);
        }

        AddInjected();
        return true;
    }

    /// <summary>Adds a record of the agent's own. There is always room for one, since there are few.</summary>
    /// <param name="logged">False for a tick that finds no room: time moves on for the views all the same.</param>
    public void AddOwn(RecordKind kind, ReadOnlySpan<byte> payload, long connection = 0, string client = "", long receiveTimeUs = 0, bool logged = true)
    {
        ReadClock();
        var arrival = new Arrival { Kind = kind, Payload = payload, ReceiveTimeUs = receiveTimeUs };
        var record = Number(in arrival, Topic.None, connection, client);
        Accept(in record, LogLane.Facts, logged);
        Apply(in record);
        AddInjected();
    }

    /// <summary>Says in the log what was left out of it, once there is room to say it.</summary>
    public void CloseShedSpan()
    {
        if (_openShed.Count > 0 && log.HasRoom(LogLane.Facts, 0))
        {
            var span = _openShed;
            _openShed = default;
            AddOwn(RecordKind.Shed, AgentPayloads.Shed(span));
        }
    }

    private void AddInjected()
    {
        while (_injected.TryTake(out var bytes, out var connection, out var client))
        {
            var arrival = RingRecord.Read(bytes);
            var topic = TopicOf(in arrival);
            var record = Number(in arrival, topic, connection, client);
            Accept(in record, LogRecord.LaneOf(arrival.Kind, topic), logged: true);
            Apply(in record);
        }
    }

    private void AddQuarantines(List<(long Number, Exception Error)> poisoned)
    {
        foreach (var (number, error) in poisoned)
        {
            AddOwn(RecordKind.Quarantine, AgentPayloads.Quarantine(number, error));
        }
    }

    private LogRecord Number(in Arrival arrival, Topic topic, long connection, string client)
    {
        LastLogTimeUs = Math.Max(LastLogTimeUs, _nowUs);
        Volatile.Write(ref _number, _number + 1);
        return new LogRecord
        {
            Number = _number,
            LogTimeUs = LastLogTimeUs,
            ReceiveTimeUs = arrival.ReceiveTimeUs == 0 ? LastLogTimeUs : arrival.ReceiveTimeUs,
            Kind = arrival.Kind,
            Qos = arrival.Qos,
            Retain = arrival.Retain,
            Duplicate = arrival.Duplicate,
            PacketId = arrival.PacketId,
            Connection = connection,
            Client = client,
            Topic = topic,
            Properties = arrival.Properties,
            Payload = arrival.Payload,
        };
    }

    private void Accept(in LogRecord record, LogLane lane, bool logged)
    {
        if (logged)
        {
            log.Append(in record, lane);
            return;
        }

        _openShed = _openShed.With(record.Number, record.Payload.Length);
        Volatile.Write(ref _shed, _shed + 1);
    }

    private Refusal Apply(in LogRecord record)
    {
        var refusal = Stage.Apply(in record);
        refusals.Count(refusal);
        if (Stage.Poisoned.Count > 0)
        {
            Quarantine(record.Number);
        }

        return refusal;
    }

    /// <summary>Makes durable that the record is poison before anything else is tried, then rebuilds without it the views that it broke.</summary>
    private void Quarantine(long number)
    {
        ReadClock();
        var broken = Stage.Poisoned.ToArray();
        var arrival = new Arrival { Kind = RecordKind.Quarantine, Payload = AgentPayloads.Quarantine(number, broken[0].Error) };
        var record = Number(in arrival, Topic.None, connection: 0, client: "");
        Accept(in record, LogLane.Facts, logged: true);
        RequireCommit(number, broken[0].Error);
        var found = new List<(long Number, Exception Error)>();
        _injected.Ignored = true;
        foreach (var (view, _) in broken)
        {
            Replay!.Rebuild(view, number, (other, error) => found.Add((other, error)));
        }

        _injected.Ignored = false;
        Apply(in record);
        AddQuarantines(found);
    }

    /// <summary>A view is rebuilt from the log alone: from one that lacks its end it would come out another, and number its events anew.</summary>
    private void RequireCommit(long poisoned, Exception error)
    {
        if (!log.Commit(commitWait))
        {
            var why = log.Health.Detail is { Length: > 0 } detail ? detail : "it is too slow";
            throw new CaptureException(
                CaptureErrorKind.DataFolderUnwritable,
                "log",
                $"Record {poisoned} made the processor throw ({error.GetType().Name}: {error.Message}), and the log did not take note of it within {commitWait.TotalSeconds} s ({why}). "
                + "See to the disk and start again: nothing acknowledged is lost.",
                error);
        }
    }

    private Topic TopicOf(in Arrival arrival) => arrival.Topic.IsEmpty ? Topic.None : topics.Intern(arrival.Topic);
}
