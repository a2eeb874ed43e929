using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
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
internal sealed class MqttConnection : IProtocol, IMqttPeer
{
    private const long NotReading = long.MaxValue;

    private readonly ITransport _transport;
    private readonly MqttEndpoint _endpoint;
    private readonly MqttEndpointOptions _options;
    private readonly PacketIntake _intake;
    private readonly PacketOutlet _outlet;
    private readonly ArrivalDesk _desk;
    private readonly ReadingPause _pause;
    private readonly ConcurrentQueue<ushort> _strays = new();
    private readonly long _openedAt;
    private ConnectionEnd? _end;
    private MqttWelcome? _welcome;
    private long _silentSince;
    private long _pausedReceiveTimeUs;
    private int _pongs;

    public MqttConnection(ITransport transport, MqttEndpoint endpoint)
    {
        _transport = transport;
        _endpoint = endpoint;
        _options = endpoint.Options;
        _desk = new ArrivalDesk(this, endpoint);
        _pause = new ReadingPause(this, transport.WakeReader);
        _intake = new PacketIntake(this, _options);
        _outlet = new PacketOutlet(this, _options, endpoint.Metrics);
        _openedAt = _silentSince = endpoint.Time.GetTimestamp();
        Address = transport.RemoteEndPoint?.ToString() ?? "";
        Answers = new OwedAnswers(_options, endpoint.Mark, transport.WakeWriter, _pause.End);
    }

    public long Connection { get; private set; }

    public string Address { get; }

    public IPAddress RemoteAddress => (_transport.RemoteEndPoint as IPEndPoint)?.Address ?? IPAddress.None;

    /// <summary>Null until CONNECT was read; set by the read loop.</summary>
    public ConnectSettings? Settings { get; private set; }

    /// <summary>The version in which a CONNECT is refused.</summary>
    public MqttProtocolVersion RefusedVersion { get; private set; } = MqttProtocolVersion.V311;

    /// <summary>Largest packet that the client takes.</summary>
    public uint MaxPacketBytes { get; private set; } = uint.MaxValue;

    public ConnectionEnd? End => Volatile.Read(ref _end);

    /// <summary>Set by the sequencer thread.</summary>
    public MqttWelcome? Welcome => Volatile.Read(ref _welcome);

    public OwedAnswers Answers { get; }

    public bool IsEnded => End is not null;

    public long NowUs => _endpoint.Ingress.Clock.NowUs;

    public TimeSpan FarewellTimeout => _options.FarewellTimeout;

    int IMqttPeer.ReceiveMaximum => Settings!.ReceiveMaximum;

    /// <inheritdoc/>
    public ReceiveStep Receive(ref ReadOnlySequence<byte> buffer)
    {
        Volatile.Write(ref _silentSince, _endpoint.Time.GetTimestamp());
        // What waited for room was read when it came, not when there was room.
        var receiveTimeUs = _pausedReceiveTimeUs != 0 ? _pausedReceiveTimeUs : _endpoint.Ingress.Clock.NowUs;
        _pausedReceiveTimeUs = 0;
        var length = buffer.Length;
        IntakeStep step;
        _intake.Refill(_endpoint.Ingress.Clock.NowUs);
        do
        {
            step = _intake.Process(ref buffer, receiveTimeUs);
        }
        while (IsPause(step) && !TryPause(step, receiveTimeUs));

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

        _pause.Tick();
        var since = Volatile.Read(ref _silentSince);
        if (settings.KeepAliveSeconds > 0 && since != NotReading
            && _endpoint.Time.GetElapsedTime(since, now).TotalSeconds > settings.KeepAliveSeconds * _options.KeepAliveGrace)
        {
            Fault(Refusal.KeepAliveTimeout, MqttReasonCode.KeepAliveTimeout, "silent for longer than its keep alive allows");
        }
    }

    /// <summary>Whether the client may connect as it asks to.</summary>
    /// <returns><see cref="MqttReasonCode.Success"/>, or the reason for CONNACK.</returns>
    public MqttReasonCode Judge(in ConnectPacket packet, out ConnectSettings? settings)
    {
        var fault = ConnectSettings.From(packet, _options, _transport, out settings);
        if (fault == MqttReasonCode.Success)
        {
            fault = _endpoint.Policy.Connect(settings!.Identity, packet.Password);
        }

        // 4.7.2: as in a PUBLISH, topics that begin with $ are the server's own.
        return fault == MqttReasonCode.Success && packet.HasWill
            && (packet.WillTopic is [(byte)'$', ..] || !_endpoint.Policy.MayPublish(settings!.Identity, packet.WillTopic))
            ? MqttReasonCode.NotAuthorized
            : fault;
    }

    /// <summary>What the policy, and the limits, say to each filter: 0 or a reason code. Empty when they have nothing against any.</summary>
    public ReadOnlySpan<byte> JudgeFilters(SubscribePacket packet)
    {
        byte[]? codes = null;
        for (var i = 0; packet.TryReadNext(out var filter, out _); i++)
        {
            var code = filter.Length > _options.MaxTopicBytes ? MqttReasonCode.TopicFilterInvalid
                : _endpoint.Policy.MaySubscribe(Settings!.Identity, filter) ? MqttReasonCode.Success
                : MqttReasonCode.NotAuthorized;
            if (code != MqttReasonCode.Success)
            {
                (codes ??= new byte[packet.Count])[i] = (byte)code;
            }
        }

        return codes;
    }

    /// <summary>Gives the connection its number, lane and place at the broker's. Its Connect is to be posted next.</summary>
    public IIngressLane Open(ConnectSettings settings)
    {
        Connection = _endpoint.Ingress.NextConnection();
        Settings = settings;
        MaxPacketBytes = settings.MaxPacketBytes;
        _desk.Know(settings.Identity);
        _endpoint.Broker.Attach(this);
        return _endpoint.Ingress.OpenLane(Connection, settings.ClientId, _desk);
    }

    public IntakeStep Fault(MqttReasonCode reason, string detail) => Fault(reason.ToRefusal(), reason, detail);

    public IntakeStep RefuseConnect(MqttReasonCode reason, MqttProtocolVersion version, string detail, uint maxPacketBytes)
    {
        MaxPacketBytes = maxPacketBytes;
        RefusedVersion = version == 0 ? MqttProtocolVersion.V311 : version;
        // Before MQTT 5, a CONNECT that can't be read is answered with nothing (3.1.4-1).
        var isAnswered = RefusedVersion == MqttProtocolVersion.V5
            || reason is not (MqttReasonCode.MalformedPacket or MqttReasonCode.ProtocolError or MqttReasonCode.TopicNameInvalid);
        if (EndWithNew(isAnswered ? ConnectionEnd.ConnectRefused(reason, detail) : ConnectionEnd.Refused(reason.ToRefusal(), null, detail)))
        {
            _endpoint.Ingress.Refuse(reason.ToRefusal(), Connection, Settings?.ClientId ?? "", Address, $"CONNECT: {detail}");
        }

        return IntakeStep.Ended;
    }

    public IntakeStep EndWith(ConnectionEnd end)
    {
        EndWithNew(end);
        return IntakeStep.Ended;
    }

    /// <summary>The client has a QoS 2 message that we know nothing of: it may let go of it (MQTT 5.0, 3.6.2.1, 0x92).</summary>
    public void ReleaseStray(MqttPacketType type, ushort packetId)
    {
        if (type == MqttPacketType.PubRec && _strays.Count < _options.ReceiveMaximum)
        {
            _strays.Enqueue(packetId);
            _transport.WakeWriter();
        }
    }

    public bool TryTakeStray(out ushort packetId) => _strays.TryDequeue(out packetId);

    /// <summary>There may be something to write.</summary>
    public void WakeWriter() => _transport.WakeWriter();

    /// <summary>A PINGRESP is due.</summary>
    public void Pong()
    {
        Interlocked.Increment(ref _pongs);
        _transport.WakeWriter();
    }

    /// <remarks>Threading: the write side.</remarks>
    public int TakePongs(int most)
    {
        var taken = Math.Min(Volatile.Read(ref _pongs), most);
        Interlocked.Add(ref _pongs, -taken);
        return taken;
    }

    void IMqttPeer.Accept(MqttSession session, bool sessionPresent)
    {
        _desk.Accept(session);
        Volatile.Write(ref _welcome, new MqttWelcome(session, sessionPresent));
        _transport.WakeWriter();
        // Reading may have stopped until the client was let in.
        _pause.End();
    }

    void IMqttPeer.Reject(MqttReasonCode reason)
    {
        _desk.Reject();
        RefuseConnect(reason, Settings!.Version, "no room for another session", Settings.MaxPacketBytes);
    }

    void IMqttPeer.TakeOver() => EndWith(ConnectionEnd.TakenOver);

    void IMqttPeer.TooSlow() => EndWith(ConnectionEnd.TooSlow);

    int IMqttPeer.Answer(in LogRecord record, byte[] codes) => _desk.Answer(record, codes);

    void IMqttPeer.Wake() => _transport.WakeWriter();

    void IMqttPeer.WakeAtCommit(LogLane lane) => _endpoint.Mark.Await(lane, _desk);

    private IntakeStep Fault(Refusal refusal, MqttReasonCode? farewell, string detail)
    {
        if (EndWithNew(ConnectionEnd.Refused(refusal, farewell, detail)))
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
        _endpoint.Metrics.Paused(step);
        if (_pause.TryBegin(step, _intake.Lane))
        {
            return true;
        }

        // The reading goes on, and what comes next comes at its own time.
        _pausedReceiveTimeUs = 0;
        Volatile.Write(ref _silentSince, _endpoint.Time.GetTimestamp());
        return false;
    }

    private static bool IsPause(IntakeStep step) => step is not (IntakeStep.Taken or IntakeStep.ReadMore or IntakeStep.Ended);

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

        var payload = end.ToNote().ToJson();
        while (!TryPostClose(lane, payload))
        {
            await lane.WaitForRoomAsync(CancellationToken.None).ConfigureAwait(false);
        }

        lane.Dispose();
    }

    private bool TryPostClose(IIngressLane lane, byte[] payload) => lane.TryPost(
        new Arrival { Kind = RecordKind.Close, ReceiveTimeUs = _endpoint.Ingress.Clock.NowUs, Payload = payload });
}
