using System.Text;
using FieldNet.Mqtt.Broker;
using FieldNet.Mqtt.Endpoint;
using FieldNet.Mqtt.Packets;
using FieldNet.Telemetry.Ingress;
using FieldNet.Telemetry.Records;
using FieldNet.Telemetry.Topics;

namespace FieldNet.Mqtt.Tests.Broker;

/// <summary>A broker and the log that made it: every record applied is kept, so that another broker can have the same ones.</summary>
internal sealed class BrokerBench : IRecordInjector, ICommitMark
{
    private readonly TopicTable _topics = new();
    private readonly List<StoredRecord> _log = [];
    private readonly Queue<StoredRecord> _injected = [];
    private readonly MqttEndpointOptions _options;
    private readonly OutboundItem[] _batch = new OutboundItem[2_000];
    private long _connections;

    public BrokerBench(MqttEndpointOptions? options = null)
    {
        _options = options ?? new MqttEndpointOptions();
        Broker = New();
        Broker.Injector = this;
    }

    public MqttBroker Broker { get; private set; }

    public IReadOnlyList<StoredRecord> Log => _log;

    /// <summary>Most that waited at a time behind one record; the log's own writer takes 65,536 and no more.</summary>
    public int MostInjected { get; private set; }

    /// <summary>Log time.</summary>
    public long NowUs { get; private set; } = 1_000_000;

    /// <summary>Committed through this number.</summary>
    public long Committed { get; set; } = long.MaxValue;

    public long CommittedThrough(LogLane lane) => Committed;

    public void Await(LogLane lane, IArrivalOwner owner) => throw new InvalidOperationException("The fake peers await nothing.");

    public Topic Topic(string name) => _topics.Intern(Encoding.UTF8.GetBytes(name));

    public void Wait(double seconds)
    {
        NowUs += (long)(seconds * 1e6);
        Apply(new StoredRecord { Kind = RecordKind.Tick });
    }

    public FakePeer Connect(string client, uint expiry = 0, bool clean = false, WillMessage? will = null, int receiveMaximum = 64, uint maxPacketBytes = uint.MaxValue)
    {
        var peer = new FakePeer { Connection = ++_connections, ReceiveMaximum = receiveMaximum };
        var note = new ConnectNote
        {
            Version = MqttProtocolVersion.V5,
            CleanStart = clean,
            SessionExpirySeconds = expiry,
            MaxPacketBytes = maxPacketBytes,
            Will = will,
        };
        Broker.Attach(peer);
        Apply(new StoredRecord { Kind = RecordKind.Connect, Connection = peer.Connection, Client = client, Payload = note.ToJson() });
        return peer;
    }

    public void Close(FakePeer peer, string client, bool leave = false, string reason = "reset", uint? expiry = null) => Apply(new StoredRecord
    {
        Kind = RecordKind.Close,
        Connection = peer.Connection,
        Client = client,
        Payload = new CloseNote(reason, leave, expiry).ToJson(),
    });

    public byte Subscribe(FakePeer peer, string filter, byte options = 0, byte[]? properties = null)
    {
        var utf8 = Encoding.UTF8.GetBytes(filter);
        byte[] body = [0, 1, (byte)(properties?.Length ?? 0), .. properties ?? [], 0, (byte)utf8.Length, .. utf8, options];
        Apply(new StoredRecord { Kind = RecordKind.Subscribe, Connection = peer.Connection, PacketId = 1, Payload = body });
        return peer.Codes!.Single();
    }

    public void Unsubscribe(FakePeer peer, string filter)
    {
        var utf8 = Encoding.UTF8.GetBytes(filter);
        Apply(new StoredRecord { Kind = RecordKind.Unsubscribe, Connection = peer.Connection, PacketId = 1, Payload = [0, 1, 0, 0, (byte)utf8.Length, .. utf8] });
    }

    public void Publish(string topic, string payload, byte qos = 0, bool retain = false, long connection = 0, ushort packetId = 0, byte[]? properties = null) =>
        Apply(new StoredRecord
        {
            Kind = RecordKind.Publish,
            Qos = qos,
            Retain = retain,
            Connection = connection,
            PacketId = packetId,
            TopicName = topic,
            Properties = properties ?? [],
            Payload = Encoding.UTF8.GetBytes(payload),
        });

    public void Release(FakePeer peer, ushort packetId) =>
        Apply(new StoredRecord { Kind = RecordKind.Release, Connection = peer.Connection, PacketId = packetId });

    /// <summary>The client of a lasting session has answered.</summary>
    public void Delivered(FakePeer peer, MqttPacketType type, ushort packetId) =>
        Apply(new StoredRecord { Kind = RecordKind.Delivered, Connection = peer.Connection, PacketId = packetId, Payload = [(byte)((int)type << 4)] });

    /// <summary>The agent goes without a word and starts again from its log.</summary>
    public void Crash()
    {
        Broker = New();
        foreach (var record in _log)
        {
            Broker.Apply(record.AsLogRecord());
        }

        Broker.Injector = this;
        Apply(new StoredRecord { Kind = RecordKind.AgentStart });
    }

    /// <summary>The agent starts again from a checkpoint that it took behind a record, and the records behind that.</summary>
    public void CrashWithCheckpoint(int behind)
    {
        Broker = New();
        foreach (var record in _log.Take(behind))
        {
            Broker.Apply(record.AsLogRecord());
        }

        var checkpoint = Broker.SaveCheckpoint();
        Broker = New();
        Broker.RestoreCheckpoint(checkpoint, _topics);
        foreach (var record in _log.Skip(behind))
        {
            Broker.Apply(record.AsLogRecord());
        }

        Broker.Injector = this;
    }

    /// <summary>Every session that a start of the agent would find, with what it holds and what waits in it, in order.</summary>
    public IEnumerable<(string Client, string Held, string Waiting)> Sessions() =>
        from session in Broker.Sessions
        where session.ExpirySeconds > 0
        orderby session.Client
        select (session.Client,
            string.Join(' ', session.Held.Keys.Order()),
            string.Join(' ', session.Outbox.Unfinished().Select(item => $"{item.PacketId}{(item.IsRelease ? "r" : "")}={Encoding.UTF8.GetString(item.Message.Payload)}")));

    /// <summary>What the peer may be sent now.</summary>
    public OutboundItem[] Take(FakePeer peer) => _batch[..peer.Outbox.Take(peer, NowUs, peer.Answers, _batch)];

    /// <summary>The same in words: topic, payload, QoS and flags.</summary>
    public List<string> Received(FakePeer peer) => [.. Take(peer).Select(item => item.IsRelease
        ? $"release {item.PacketId}"
        : $"{item.Message.Topic.Name}={Encoding.UTF8.GetString(item.Message.Payload)}{(item.Retain ? " retained" : "")}{(item.Duplicate ? " dup" : "")}")];

    public void Inject(in Arrival arrival, long connection, string client)
    {
        _injected.Enqueue(StoredRecord.Of(arrival) with { Connection = connection, Client = client });
        MostInjected = Math.Max(MostInjected, _injected.Count);
    }

    public void Apply(StoredRecord record)
    {
        Add(record);
        while (_injected.TryDequeue(out var injected))
        {
            Add(injected);
        }
    }

    private void Add(StoredRecord record)
    {
        var numbered = record with
        {
            Number = _log.Count + 1,
            LogTimeUs = NowUs,
            ReceiveTimeUs = NowUs,
            Topic = record.TopicName.Length == 0 ? FieldNet.Telemetry.Topics.Topic.None : Topic(record.TopicName),
        };
        _log.Add(numbered);
        Broker.Apply(numbered.AsLogRecord());
    }

    private MqttBroker New() => new(_options, new MqttMetrics(), this);
}
