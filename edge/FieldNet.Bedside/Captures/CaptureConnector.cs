using FieldNet.Bedside.Devices;
using FieldNet.Capture.Log;
using FieldNet.Telemetry.Records;
using FieldNet.Telemetry.Topics;

namespace FieldNet.Bedside.Captures;

/// <summary>In place of an agent: writes what the bedsides send straight into a log, each message as it is sent.</summary>
/// <remarks>Threading: the simulation's. Durable once the log is closed.</remarks>
internal sealed class CaptureConnector(CaptureLog log, SimulationClock clock) : IConnector
{
    /// <summary>The first start of an agent.</summary>
    private const long FirstConnection = 1L << 32;

    private static readonly TimeSpan LongestCommit = TimeSpan.FromSeconds(60);

    private readonly TopicTable _topics = new();
    private long _connections;

    public long Records { get; private set; }

    /// <summary>Log time of the newest record.</summary>
    public long LastUs { get; private set; }

    public Task<ITransport> ConnectAsync(
        string clientId, (string Topic, byte[] Payload)? will, Action<ulong, bool> acknowledged, CancellationToken cancellationToken)
    {
        var transport = new Transport(this, clientId, FirstConnection + ++_connections, acknowledged);
        Add(RecordKind.Connect, transport.Number, clientId, Topic.None, """{"protocol":5,"keep_alive_s":10,"address":"127.0.0.1:0"}"""u8);
        return Task.FromResult<ITransport>(transport);
    }

    public void AddOwn(RecordKind kind, ReadOnlySpan<byte> payload = default) => Add(kind, connection: 0, "", Topic.None, payload);

    private void Add(RecordKind kind, long connection, string client, Topic topic, ReadOnlySpan<byte> payload, byte qos = 0, bool retain = false, ushort packetId = 0)
    {
        LastUs = clock.UtcUs(clock.ElapsedUs);
        var record = new LogRecord
        {
            Number = ++Records,
            LogTimeUs = LastUs,
            ReceiveTimeUs = LastUs,
            Kind = kind,
            Connection = connection,
            Client = client,
            Topic = topic,
            Qos = qos,
            Retain = retain,
            PacketId = packetId,
            Payload = payload,
        };
        if (!log.HasRoom(record.Lane, payload.Length) && !log.Commit(LongestCommit))
        {
            throw new SimulationException($"The log does not take the capture: {log.Health.Detail}");
        }

        log.Append(record, record.Lane);
    }

    private sealed class Transport(CaptureConnector capture, string clientId, long number, Action<ulong, bool> acknowledged) : ITransport
    {
        private readonly TaskCompletionSource<string> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private ushort _packetId;

        public long Number => number;

        public Task<string> Closed => _closed.Task;

        public bool TryPublish(ReadOnlySpan<byte> topic, ReadOnlySpan<byte> payload, byte qos, bool retain, ulong token)
        {
            var packetId = qos > 0 ? _packetId = (ushort)(_packetId % ushort.MaxValue + 1) : (ushort)0;
            capture.Add(RecordKind.Publish, number, clientId, capture._topics.Intern(topic), payload, qos, retain, packetId);
            if (qos > 0)
            {
                acknowledged(token, true);
            }

            return true;
        }

        public void Abort() => _closed.TrySetResult("reset");

        public Task DisconnectAsync(CancellationToken cancellationToken)
        {
            capture.Add(RecordKind.Close, number, clientId, Topic.None, """{"reason":"none","leave":true}"""u8);
            _closed.TrySetResult("left");
            return Task.CompletedTask;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
