using System.Buffers;
using FieldNet.Mqtt.Broker;
using FieldNet.Mqtt.Packets;
using FieldNet.Mqtt.Transport;
using FieldNet.Telemetry;
using FieldNet.Telemetry.Ingress;
using FieldNet.Telemetry.Records;

namespace FieldNet.Mqtt.Endpoint;

/// <summary>One client's connection: what is read and written, and what both share with the sequencer and the broker.</summary>
/// <remarks>
/// Threading: members say whose they are. The first cause of the end wins; both sides of the transport see it and stop.
/// Loss: what was read and posted has its record, and so has the close.
/// </remarks>
internal sealed class MqttConnection : IProtocol, IMqttPeer, IArrivalOwner
{
    private const long NotReading = long.MaxValue;

    private readonly ITransport _transport;
    private readonly MqttEndpoint _endpoint;
    private readonly MqttEndpointOptions _options;
    private readonly PacketIntake _intake;
    private readonly PacketOutlet _outlet;
    private readonly long _openedAt;
    private ConnectionEnd? _end;
    private MqttWelcome? _welcome;
    private byte[]? _answer;
    private readonly Action _resume;
    private long _silentSince;
    private long _pausedReceiveTimeUs;
    private int _isPaused;
    private int _pongs;

    public MqttConnection(ITransport transport, MqttEndpoint endpoint)
    {
        _transport = transport;
        _endpoint = endpoint;
        _options = endpoint.Options;
        _resume = Resume;
        _intake = new PacketIntake(this, _options);
        _outlet = new PacketOutlet(this, _options, endpoint.Metrics);
        _openedAt = _silentSince = endpoint.Time.GetTimestamp();
        Address = transport.RemoteEndPoint?.ToString() ?? "";
        Answers = new OwedAnswers(_options, endpoint.Mark, transport.WakeWriter, Paid);
    }

    public long Connection { get; private set; }

    public string Address { get; }

    /// <summary>Null until CONNECT was read; set by the read loop.</summary>
    public ConnectSettings? Settings { get; private set; }

    /// <summary>The version in which a CONNECT is refused.</summary>
    public MqttProtocolVersion RefusedVersion { get; private set; } = MqttProtocolVersion.V311;

    public ConnectionEnd? End => Volatile.Read(ref _end);

    /// <summary>Set by the sequencer thread, for the write loop.</summary>
    public MqttWelcome? Welcome => Volatile.Read(ref _welcome);

    public OwedAnswers Answers { get; }

    public bool IsEnded => End is not null;

    public TimeSpan FarewellTimeout => _options.FarewellTimeout;

    MqttProtocolVersion IMqttPeer.Version => Settings!.Version;

    bool IMqttPeer.CleanStart => Settings!.CleanStart;

    bool IMqttPeer.KeepsSession => Settings!.SessionExpirySeconds > 0;

    int IMqttPeer.ReceiveMaximum => Settings!.ReceiveMaximum;

    long IMqttPeer.MaxPacketBytes => Settings!.MaxPacketBytes;

    /// <inheritdoc/>
    public ReceiveStep Receive(ref ReadOnlySequence<byte> buffer)
    {
        Volatile.Write(ref _silentSince, _endpoint.Time.GetTimestamp());
        // What waited for room was read when it came, not when there was room.
        var receiveTimeUs = _pausedReceiveTimeUs != 0 ? _pausedReceiveTimeUs : _endpoint.Ingress.Clock.NowUs;
        _pausedReceiveTimeUs = 0;
        var length = buffer.Length;
        IntakeStep step;
        do
        {
            step = _intake.Process(ref buffer, receiveTimeUs);
        }
        while (step is IntakeStep.LaneFull or IntakeStep.AnswersFull && !TryPause(step, receiveTimeUs));

        var (packets, messages) = _intake.Counted;
        if (packets > 0)
        {
            _intake.Counted = default;
            _endpoint.Metrics.Received(length - buffer.Length, packets, messages);
        }

        return step switch
        {
            IntakeStep.Ended => ReceiveStep.Ended,
            IntakeStep.ReadMore => ReceiveStep.ReadMore,
            _ => ReceiveStep.Pause,
        };
    }

    /// <inheritdoc/>
    public void PeerClosed(bool reset) => EndWith(reset ? ConnectionEnd.Reset : ConnectionEnd.Closed);

    /// <inheritdoc/>
    public bool Write(IBufferWriter<byte> output) => End is null && _outlet.Write(output);

    /// <inheritdoc/>
    public void WriteFarewell(IBufferWriter<byte> output) => _outlet.WriteFarewell(output, End!);

    /// <inheritdoc/>
    public async Task CompleteAsync()
    {
        try
        {
            await PostCloseAsync(End!).ConfigureAwait(false);
        }
        finally
        {
            _endpoint.Leave(this);
        }
    }

    /// <summary>Ends a connection whose time is up.</summary>
    /// <remarks>Threading: the endpoint's timer.</remarks>
    public void CheckTime(long now)
    {
        if (Settings is not { } settings)
        {
            if (_endpoint.Time.GetElapsedTime(_openedAt, now) > _options.ConnectTimeout)
            {
                Fault(Refusal.ConnectTimeout, null, "no CONNECT in time");
            }

            return;
        }

        var since = Volatile.Read(ref _silentSince);
        if (settings.KeepAliveSeconds > 0 && since != NotReading
            && _endpoint.Time.GetElapsedTime(since, now).TotalSeconds > settings.KeepAliveSeconds * _options.KeepAliveGrace)
        {
            Fault(Refusal.KeepAliveTimeout, MqttReasonCode.KeepAliveTimeout, "silent for longer than its keep alive allows");
        }
    }

    /// <summary>Gives the connection its number, lane and place at the broker's. Its Connect is to be posted next.</summary>
    public IIngressLane Open(ConnectSettings settings)
    {
        Connection = _endpoint.Ingress.NextConnection();
        Settings = settings;
        _endpoint.Broker.Attach(this);
        return _endpoint.Ingress.OpenLane(Connection, settings.ClientId, this);
    }

    public IntakeStep Fault(MqttReasonCode reason, string detail) => Fault(reason.ToRefusal(), reason, detail);

    public IntakeStep RefuseConnect(MqttReasonCode reason, MqttProtocolVersion version)
    {
        RefusedVersion = version == 0 ? MqttProtocolVersion.V311 : version;
        // Before MQTT 5, a CONNECT that can't be read is answered with nothing (3.1.4-1).
        var isAnswered = RefusedVersion == MqttProtocolVersion.V5
            || reason is not (MqttReasonCode.MalformedPacket or MqttReasonCode.ProtocolError or MqttReasonCode.TopicNameInvalid);
        if (EndWithNew(isAnswered ? ConnectionEnd.ConnectRefused(reason) : ConnectionEnd.Refused(reason.ToRefusal(), null)))
        {
            _endpoint.Ingress.Refuse(reason.ToRefusal(), Connection, "", Address, "CONNECT");
        }

        return IntakeStep.Ended;
    }

    public IntakeStep EndWith(ConnectionEnd end)
    {
        EndWithNew(end);
        return IntakeStep.Ended;
    }

    /// <summary>A PINGRESP is due.</summary>
    public void Pong()
    {
        Interlocked.Increment(ref _pongs);
        _transport.WakeWriter();
    }

    public int TakePongs() => Interlocked.Exchange(ref _pongs, 0);

    /// <summary>The client has a message; there is room in its window for another.</summary>
    public void Acknowledge(ushort packetId)
    {
        // An identifier that is not in flight is no fault: it may be of before the take-over (4.4).
        if (Welcome?.Outbox.Acknowledge(this, packetId) == true)
        {
            _transport.WakeWriter();
        }
    }

    // When the agent itself stops, nobody went without leave: a Will would blame the devices for our own end (docs/protocol.md).
    WillMessage? IMqttPeer.TakeWill() => ReferenceEquals(End, ConnectionEnd.ServerStopping) ? null : Settings!.TakeWill();

    void IMqttPeer.Accept(SessionOutbox outbox, bool sessionPresent)
    {
        Volatile.Write(ref _welcome, new MqttWelcome(outbox, sessionPresent));
        _transport.WakeWriter();
    }

    void IMqttPeer.Reject(MqttReasonCode reason) => RefuseConnect(reason, Settings!.Version);

    void IMqttPeer.TakeOver() => EndWith(ConnectionEnd.TakenOver);

    void IMqttPeer.Answer(byte[] codes) => _answer = codes;

    void IMqttPeer.Wake() => _transport.WakeWriter();

    void IArrivalOwner.Sequenced(in LogRecord record, LogLane lane, Refusal refusal)
    {
        if (record is { Kind: RecordKind.Publish, Qos: > 0 } or { Kind: RecordKind.Subscribe or RecordKind.Unsubscribe })
        {
            Answers.Sequenced(record, lane, Settings!, refusal, Interlocked.Exchange(ref _answer, null));
        }
    }

    void IArrivalOwner.Committed() => _transport.WakeWriter();

    private IntakeStep Fault(Refusal refusal, MqttReasonCode? farewell, string detail)
    {
        if (EndWithNew(ConnectionEnd.Refused(refusal, farewell)))
        {
            _endpoint.Ingress.Refuse(refusal, Connection, Settings?.ClientId ?? "", Address, detail);
        }

        return IntakeStep.Ended;
    }

    private bool EndWithNew(ConnectionEnd end)
    {
        if (Interlocked.CompareExchange(ref _end, end, null) is not null)
        {
            return false;
        }

        _transport.WakeWriter();
        _transport.WakeReader();
        return true;
    }

    /// <summary>Stops the reading until there is room.</summary>
    /// <returns>False when there is room already.</returns>
    private bool TryPause(IntakeStep step, long receiveTimeUs)
    {
        // It is we who do not listen: the client's silence counts again when we do.
        Volatile.Write(ref _silentSince, NotReading);
        _pausedReceiveTimeUs = receiveTimeUs;
        if (step == IntakeStep.LaneFull)
        {
            var room = _intake.Lane!.WaitForRoomAsync(CancellationToken.None).GetAwaiter();
            if (room.IsCompleted)
            {
                return false;
            }

            Volatile.Write(ref _isPaused, 1);
            room.UnsafeOnCompleted(_resume);
            return true;
        }

        // Whoever pays behind this store resumes us; what was paid before it is seen here.
        Interlocked.Exchange(ref _isPaused, 1);
        return Answers.IsFull || Interlocked.Exchange(ref _isPaused, 0) == 0;
    }

    private void Paid()
    {
        if (Volatile.Read(ref _isPaused) != 0)
        {
            Resume();
        }
    }

    private void Resume()
    {
        if (Interlocked.Exchange(ref _isPaused, 0) != 0)
        {
            _transport.WakeReader();
        }
    }

    private async Task PostCloseAsync(ConnectionEnd end)
    {
        if (_intake.Lane is not { } lane)
        {
            return;
        }

        if (!_intake.IsPosted)
        {
            _endpoint.Broker.Forget(this);
            lane.Dispose();
            return;
        }

        var payload = ConnectionJson.Close(end);
        while (!TryPostClose(lane, payload))
        {
            await lane.WaitForRoomAsync(CancellationToken.None).ConfigureAwait(false);
        }

        lane.Dispose();
    }

    private bool TryPostClose(IIngressLane lane, byte[] payload) => lane.TryPost(
        new Arrival { Kind = RecordKind.Close, ReceiveTimeUs = _endpoint.Ingress.Clock.NowUs, Payload = payload });
}
