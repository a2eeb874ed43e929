using System.Text;
using FieldNet.Telemetry;
using FieldNet.Telemetry.Ingress;
using FieldNet.Telemetry.Records;
using FieldNet.Telemetry.Topics;

namespace FieldNet.Mqtt.Tests;

/// <summary>A sequencer and log in memory: numbers each arrival at once, applies it to the views, and commits when told.</summary>
/// <remarks>Threading: one lock stands for the sequencer thread; the commit thread is whoever calls <see cref="Commit"/>.</remarks>
internal sealed class InMemoryIngress : IIngress, ICommitMark, IRecordInjector, ILogClock
{
    private readonly Lock _sequencer = new();
    private readonly TopicTable _topics = new();
    private readonly List<IArrivalOwner> _awaiting = [];
    private readonly Queue<(StoredRecord Record, long Connection, string Client)> _injected = new();
    private readonly List<StoredRecord> _records = [];
    private readonly List<StoredRefusal> _refusals = [];
    private readonly List<InMemoryLane> _lanes = [];
    private readonly TimeProvider _time;
    private long _connections;
    private long _lastNumber;
    private long _committed;
    private bool _holdsCommits;
    private bool _isFull;

    public InMemoryIngress(TimeProvider time) => _time = time;

    /// <summary>Applied in order to each record.</summary>
    public List<IRecordView> Views { get; } = [];

    public ILogClock Clock => this;

    /// <summary>Records and refusals are counted but not kept: for what would fill the memory that a test measures.</summary>
    public bool IsForgetful { get; set; }

    public long RefusalCount { get; private set; }

    /// <summary>How often a connection has had to wait for room.</summary>
    public int WaitingForRoom { get; private set; }

    public long NowUs => _time.GetUtcNow().ToUnixTimeMilliseconds() * 1000;

    public IReadOnlyList<StoredRecord> Records
    {
        get
        {
            lock (_sequencer)
            {
                return [.. _records];
            }
        }
    }

    public IReadOnlyList<StoredRefusal> Refusals
    {
        get
        {
            lock (_sequencer)
            {
                return [.. _refusals];
            }
        }
    }

    /// <summary>Nothing is committed until <see cref="Commit"/>.</summary>
    public void HoldCommits() => _holdsCommits = true;

    /// <summary>Commits through the record with this number; without one, all there are, and from now on each at once.</summary>
    public void Commit(long? through = null)
    {
        IArrivalOwner[] owners;
        lock (_sequencer)
        {
            _holdsCommits &= through is not null;
            Volatile.Write(ref _committed, through ?? _lastNumber);
            owners = [.. _awaiting];
        }

        foreach (var owner in owners)
        {
            owner.Committed();
        }
    }

    /// <summary>Lanes have no room until this is called again with false.</summary>
    public void FillLanes(bool isFull)
    {
        lock (_sequencer)
        {
            _isFull = isFull;
            if (!isFull)
            {
                _lanes.ForEach(lane => lane.Release());
            }
        }
    }

    public long CommittedThrough(LogLane lane) => Volatile.Read(ref _committed);

    public void Await(LogLane lane, IArrivalOwner owner) => _awaiting.Add(owner);

    public long NextConnection() => Interlocked.Increment(ref _connections);

    public IIngressLane OpenLane(long connection, string client, IArrivalOwner owner)
    {
        var lane = new InMemoryLane(this, connection, client, owner);
        lock (_sequencer)
        {
            _lanes.Add(lane);
        }

        return lane;
    }

    public void Refuse(Refusal reason, long connection, string client, string address, string detail)
    {
        lock (_sequencer)
        {
            RefusalCount++;
            if (!IsForgetful)
            {
                _refusals.Add(new StoredRefusal(reason, connection, client, address, detail));
            }
        }
    }

    /// <summary>Time has passed: the record that the sequencer writes at a view's deadline.</summary>
    public void Tick()
    {
        lock (_sequencer)
        {
            Apply(StoredRecord.Of(new Arrival { Kind = RecordKind.Tick, ReceiveTimeUs = NowUs }), 0, "", out _);
            ApplyInjected();
        }
    }

    public void Inject(in Arrival arrival, long connection, string client) =>
        _injected.Enqueue((StoredRecord.Of(arrival), connection, client));

    /// <summary>Sequences and applies, as the log's one writer would.</summary>
    private bool TryPost(StoredRecord arrival, InMemoryLane lane)
    {
        lock (_sequencer)
        {
            if (_isFull)
            {
                return false;
            }

            if (!lane.Owner.Admits(arrival.AsArrival()))
            {
                return true;
            }

            var record = Apply(arrival, lane.Connection, lane.Client, out var refusal);
            if (arrival.Awaited)
            {
                _awaiting.Add(lane.Owner);
            }

            if (!_holdsCommits)
            {
                Volatile.Write(ref _committed, _lastNumber);
            }

            lane.Owner.Sequenced(record.AsLogRecord(), LogLane.Facts, refusal);
            ApplyInjected();
            return true;
        }
    }

    private void ApplyInjected()
    {
        while (_injected.TryDequeue(out var injected))
        {
            Apply(injected.Record, injected.Connection, injected.Client, out _);
        }

        if (!_holdsCommits)
        {
            Volatile.Write(ref _committed, _lastNumber);
            _awaiting.ForEach(owner => owner.Committed());
            _awaiting.Clear();
        }
    }

    private StoredRecord Apply(StoredRecord arrival, long connection, string client, out Refusal refusal)
    {
        var topic = arrival.TopicName.Length == 0 ? Topic.None : _topics.Intern(Encoding.UTF8.GetBytes(arrival.TopicName));
        var record = arrival with { Number = ++_lastNumber, Connection = connection, Client = client, Topic = topic, LogTimeUs = NowUs };
        refusal = record.Topic.Refusal;
        foreach (var view in Views)
        {
            var viewRefusal = view.Apply(record.AsLogRecord());
            refusal = refusal == Refusal.None ? viewRefusal : refusal;
        }

        record = record with { Refusal = refusal };
        if (!IsForgetful)
        {
            _records.Add(record);
        }

        return record;
    }

    private sealed class InMemoryLane(InMemoryIngress ingress, long connection, string client, IArrivalOwner owner) : IIngressLane
    {
        private TaskCompletionSource _room = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public long Connection => connection;

        public string Client => client;

        public IArrivalOwner Owner => owner;

        public bool TryPost(in Arrival arrival) => ingress.TryPost(StoredRecord.Of(arrival), this);

        public ValueTask WaitForRoomAsync(CancellationToken cancellationToken)
        {
            lock (ingress._sequencer)
            {
                if (!ingress._isFull)
                {
                    return ValueTask.CompletedTask;
                }

                ingress.WaitingForRoom++;
                return new ValueTask(_room.Task.WaitAsync(cancellationToken));
            }
        }

        public void Release()
        {
            _room.TrySetResult();
            _room = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        public void Dispose()
        {
            lock (ingress._sequencer)
            {
                ingress._lanes.Remove(this);
            }
        }
    }
}
