using System.IO.Pipelines;
using FieldNet.Mqtt.Broker;
using FieldNet.Mqtt.Packets;
using FieldNet.Telemetry;
using FieldNet.Telemetry.Ingress;
using FieldNet.Telemetry.Records;
using Microsoft.AspNetCore.Connections;

namespace FieldNet.Mqtt.Endpoint;

/// <summary>One client's connection: a read loop, a write loop, and what they share with the sequencer and the broker.</summary>
/// <remarks>
/// Threading: members say whose they are. The first cause of the end wins; both loops see it and stop.
/// Loss: what was read and posted has its record, and so has the close.
/// </remarks>
internal sealed class MqttConnection : IMqttPeer, IArrivalOwner
{
    private const long NotReading = long.MaxValue;

    private readonly ConnectionContext _context;
    private readonly MqttConnectionHandler _endpoint;
    private readonly MqttEndpointOptions _options;
    private readonly PacketIntake _intake;
    private readonly PacketOutlet _outlet;
    private readonly long _openedAt;
    private ConnectionEnd? _end;
    private MqttWelcome? _welcome;
    private byte[]? _answer;
    private long _silentSince;
    private int _pongs;

    public MqttConnection(ConnectionContext context, MqttConnectionHandler endpoint)
    {
        _context = context;
        _endpoint = endpoint;
        _options = endpoint.Options;
        _intake = new PacketIntake(this, _options);
        _outlet = new PacketOutlet(this, context.Transport.Output, _options, endpoint.Metrics);
        _openedAt = _silentSince = endpoint.Time.GetTimestamp();
        Address = context.RemoteEndPoint?.ToString() ?? "";
        Answers = new OwedAnswers(_options, endpoint.Mark, WriterSignal);
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

    public WakeSignal WriterSignal { get; } = new();

    MqttProtocolVersion IMqttPeer.Version => Settings!.Version;

    bool IMqttPeer.CleanStart => Settings!.CleanStart;

    bool IMqttPeer.KeepsSession => Settings!.SessionExpirySeconds > 0;

    int IMqttPeer.ReceiveMaximum => Settings!.ReceiveMaximum;

    long IMqttPeer.MaxPacketBytes => Settings!.MaxPacketBytes;

    /// <summary>Serves the client until the connection has ended and its Close is posted.</summary>
    public async Task RunAsync()
    {
        var writing = WriteAsync();
        try
        {
            await ReadAsync().ConfigureAwait(false);
        }
        finally
        {
            EndWith(ConnectionEnd.Closed);
            await PostCloseAsync(End!).ConfigureAwait(false);
            await FinishAsync(writing).ConfigureAwait(false);
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
        WriterSignal.Set();
    }

    public int TakePongs() => Interlocked.Exchange(ref _pongs, 0);

    /// <summary>The client has a message; there is room in its window for another.</summary>
    public void Acknowledge(ushort packetId)
    {
        // An identifier that is not in flight is no fault: it may be of before the take-over (4.4).
        if (Welcome?.Outbox.Acknowledge(this, packetId) == true)
        {
            WriterSignal.Set();
        }
    }

    // When the agent itself stops, nobody went without leave: a Will would blame the devices for our own end (docs/protocol.md).
    WillMessage? IMqttPeer.TakeWill() => ReferenceEquals(End, ConnectionEnd.ServerStopping) ? null : Settings!.TakeWill();

    void IMqttPeer.Accept(SessionOutbox outbox, bool sessionPresent)
    {
        Volatile.Write(ref _welcome, new MqttWelcome(outbox, sessionPresent));
        WriterSignal.Set();
    }

    void IMqttPeer.Reject(MqttReasonCode reason) => RefuseConnect(reason, Settings!.Version);

    void IMqttPeer.TakeOver() => EndWith(ConnectionEnd.TakenOver);

    void IMqttPeer.Answer(byte[] codes) => _answer = codes;

    void IMqttPeer.Wake() => WriterSignal.Set();

    void IArrivalOwner.Sequenced(in LogRecord record, LogLane lane, Refusal refusal)
    {
        if (record is { Kind: RecordKind.Publish, Qos: > 0 } or { Kind: RecordKind.Subscribe or RecordKind.Unsubscribe })
        {
            Answers.Sequenced(record, lane, Settings!, refusal, Interlocked.Exchange(ref _answer, null));
        }
    }

    void IArrivalOwner.Committed() => WriterSignal.Set();

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

        WriterSignal.Set();
        Answers.Paid.Set();
        _context.Transport.Input.CancelPendingRead();
        return true;
    }

    private async Task ReadAsync()
    {
        var input = _context.Transport.Input;
        try
        {
            while (End is null)
            {
                var read = await input.ReadAsync().ConfigureAwait(false);
                if (End is not null)
                {
                    return;
                }

                Volatile.Write(ref _silentSince, _endpoint.Time.GetTimestamp());
                var isOver = await TakeAsync(input, read).ConfigureAwait(false);
                if (isOver)
                {
                    return;
                }
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // Reset by the peer, or aborted by the host: there is nobody to tell.
            EndWith(ConnectionEnd.Reset);
        }
    }

    /// <summary>Takes what was read, waiting where there is no room.</summary>
    /// <returns>True when there is nothing more to read.</returns>
    private async ValueTask<bool> TakeAsync(PipeReader input, ReadResult read)
    {
        var buffer = read.Buffer;
        var length = buffer.Length;
        var receiveTimeUs = _endpoint.Ingress.Clock.NowUs;
        var step = _intake.Process(ref buffer, receiveTimeUs);
        while (step is IntakeStep.LaneFull or IntakeStep.AnswersFull)
        {
            // It is we who do not listen: the client's silence counts again when we do.
            Volatile.Write(ref _silentSince, NotReading);
            if (step == IntakeStep.LaneFull)
            {
                await _intake.Lane!.WaitForRoomAsync(CancellationToken.None).ConfigureAwait(false);
            }
            else
            {
                await Answers.Paid.WaitAsync().ConfigureAwait(false);
            }

            Volatile.Write(ref _silentSince, _endpoint.Time.GetTimestamp());
            step = _intake.Process(ref buffer, receiveTimeUs);
        }

        var (packets, messages) = _intake.Counted;
        if (packets > 0)
        {
            _intake.Counted = default;
            _endpoint.Metrics.Received(length - buffer.Length, packets, messages);
        }

        input.AdvanceTo(buffer.Start, buffer.End);
        return step == IntakeStep.Ended || read.IsCompleted;
    }

    private async Task WriteAsync()
    {
        try
        {
            await _outlet.RunAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // As in the read loop.
        }

        EndWith(ConnectionEnd.Reset);
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

    /// <summary>Lets the last bytes go, for a while.</summary>
    private async Task FinishAsync(Task writing)
    {
        try
        {
            await writing.WaitAsync(_options.FarewellTimeout, _endpoint.Time).ConfigureAwait(false);
            await _context.Transport.Output.CompleteAsync().ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // A client that does not read keeps the flush waiting; an abort completes it.
            _context.Abort();
            await writing.ConfigureAwait(false);
        }

        await _context.Transport.Input.CompleteAsync().ConfigureAwait(false);
    }
}
