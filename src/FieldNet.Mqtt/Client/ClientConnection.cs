using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using FieldNet.Mqtt.Packets;

namespace FieldNet.Mqtt.Client;

/// <summary>The life of one connection: its loops, what the server said in CONNACK, and how it ended.</summary>
/// <remarks>Threading: one loop reads, one sends; anyone may end it, and the first cause counts.</remarks>
[SuppressMessage("Design", "CA1001", Justification = "End, which every connection comes to, disposes the timer; the cancelled source holds nothing.")]
internal sealed class ClientConnection
{
    private static readonly TimeSpan LeaveTimeout = TimeSpan.FromSeconds(2);

    private readonly MqttClient _client;
    private readonly MqttClientOptions _options;
    private readonly TimeProvider _time;
    private readonly ClientWire _wire;
    private readonly MqttClientSession _session;
    private readonly ClientSender _sender;
    private readonly ClientReceiver _receiver;
    private readonly MessageQueue _messages;
    private readonly TaskCompletionSource _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<MqttClientClosed> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _over = new();
    private Task _sending = Task.CompletedTask;
    private Task _loops = Task.CompletedTask;
    private ClientKeepAlive? _keepAlive;
    private MqttClientClosed _cause = new(MqttReasonCode.Success, IsRemote: false, "disconnected");
    private bool _isOver;

    /// <exception cref="InvalidOperationException">Another client has the session.</exception>
    public ClientConnection(MqttClient client, ClientWire wire, MqttClientOptions options, MqttClientSession session, MessageQueue messages, TimeProvider time)
    {
        (_client, _wire, _options, _session, _messages, _time, ClientId) = (client, wire, options, session, messages, time, options.ClientId);
        _session.Attach(this);
        _sender = new ClientSender(wire, options) { Drained = () => Publisher!.ReleaseRoom() };
        Publisher = new ClientPublisher(options, _session, _sender);
        Inbox = new ClientInbox(options, _session, _sender, options.Receiver ?? messages);
        Requests = new ClientRequests(options, _session, _sender, ThrowIfOver);
        _receiver = new ClientReceiver(wire, new ServerPackets(this, options.ProtocolVersion), Inbox, options);
    }

    public ClientPublisher Publisher { get; }

    public ClientInbox Inbox { get; }

    public ClientRequests Requests { get; }

    public string ClientId { get; private set; }

    public bool SessionPresent { get; private set; }

    public MqttServerLimits Limits { get; private set; } = new();

    /// <summary>Completes with a good CONNACK; faults with the reason for there being none.</summary>
    public Task Connected => _connected.Task;

    public Task<MqttClientClosed> Closed => _closed.Task;

    /// <summary>False while nobody takes the messages: the server is left unread.</summary>
    public bool IsReading => _keepAlive is not { IsReading: false };

    /// <summary>Sends CONNECT and starts the loops.</summary>
    public void Start()
    {
        var connect = new ArrayBufferWriter<byte>();
        ConnectRequest.Write(connect, _options);
        _sender.Write(connect.WrittenSpan);
        _sending = Task.Run(SendAsync);
        _loops = Task.WhenAll(_sending, Task.Run(ReceiveAsync));
    }

    /// <summary>CONNACK let us in.</summary>
    /// <returns>Why the connection ends all the same; null to go on.</returns>
    public MqttClientClosed? Accepted(in ConnAckPacket packet)
    {
        if (packet.SessionPresent && _options.CleanStart)
        {
            return ServerPackets.Fault(MqttReasonCode.ProtocolError, "the server speaks of a session that we asked it to forget");
        }

        SessionPresent = packet.SessionPresent;
        Limits = MqttServerLimits.Of(packet.Properties, _options);
        if (MqttPropertyRules.TryFind(packet.Properties, MqttPropertyId.AssignedClientIdentifier, out var assigned))
        {
            ClientId = Encoding.UTF8.GetString(assigned.Bytes);
        }

        lock (_session.Gate)
        {
            if (!SessionPresent)
            {
                _session.Incoming.Clear();
            }

            if (!_isOver && Limits.KeepAlive > TimeSpan.Zero)
            {
                _receiver.KeepAlive = _keepAlive = new ClientKeepAlive(Limits.KeepAlive, _time, _sender, GiveUp);
            }
        }

        Inbox.Receiver.Connected(_client);
        Publisher.Begin(Limits, SessionPresent);
        _connected.TrySetResult();
        return null;
    }

    /// <exception cref="MqttClientException">The connection has ended, or we are leaving.</exception>
    public void ThrowIfOver()
    {
        if (_isOver || _sender.IsLeaving)
        {
            throw Over(_cause);
        }
    }

    /// <summary>Sends what is queued and DISCONNECT, then waits for the server to close.</summary>
    public async Task LeaveAsync(MqttReasonCode reason, CancellationToken cancellationToken)
    {
        _sender.WriteLast(new DisconnectPacket(reason));
        try
        {
            // Until the server closes its side: closing ours over unread bytes would reset what we have just sent.
            await Closed.WaitAsync(LeaveTimeout, _time, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            Abort();
        }

        await _loops.ConfigureAwait(false);
    }

    public void Abort() => End(new MqttClientClosed(MqttReasonCode.UnspecifiedError, IsRemote: false, "aborted"), reset: true);

    /// <summary>Aborts unless already closed, and waits for the loops.</summary>
    public async ValueTask AbortAsync()
    {
        Abort();
        await _loops.ConfigureAwait(false);
    }

    private static MqttClientException Over(MqttClientClosed cause) =>
        new(cause.Reason, cause.IsRemote, $"The MQTT connection has ended: {cause.Detail}.");

    private void GiveUp() =>
        End(new MqttClientClosed(MqttReasonCode.KeepAliveTimeout, IsRemote: false, "the server answers no ping"), reset: true);

    private void End(MqttClientClosed cause, bool reset = false)
    {
        IReadOnlyList<TaskCompletionSource<MqttReasonCode>> publishers;
        IReadOnlyList<TaskCompletionSource<MqttReasonCode[]>> requesters;
        lock (_session.Gate)
        {
            if (_isOver)
            {
                return;
            }

            _isOver = true;
            cause = _cause = _sender.IsLeaving ? _cause : cause;
            publishers = Publisher.End();
            requesters = Requests.End();
            _keepAlive?.Dispose();
        }

        _over.Cancel();
        _wire.Close(reset);
        _sender.Stop();
        Publisher.ReleaseRoom();
        _session.Detach(this);
        _closed.TrySetResult(cause);
        _connected.TrySetException(new MqttClientException(cause.Reason, cause.IsRemote, $"The server did not let the client in: {cause.Detail}."));
        // Nobody has to listen: a client that was connected before has no one there.
        _ = _connected.Task.Exception;
        foreach (var waiter in publishers)
        {
            waiter.TrySetException(Over(cause));
        }

        foreach (var waiter in requesters)
        {
            waiter.TrySetException(Over(cause));
        }
    }

    private async Task ReceiveAsync()
    {
        var end = await _receiver.RunAsync(_over.Token).ConfigureAwait(false);
        if (!end.IsRemote && _connected.Task.IsCompletedSuccessfully && _options.ProtocolVersion == MqttProtocolVersion.V5)
        {
            await SayWhyAsync(end).ConfigureAwait(false);
        }

        End(end);
        _messages.Complete();
    }

    /// <summary>4.13.1: a client that finds a fault says so before it closes.</summary>
    private async Task SayWhyAsync(MqttClientClosed end)
    {
        lock (_session.Gate)
        {
            _cause = _sender.IsLeaving ? _cause : end;
        }

        _sender.WriteLast(new DisconnectPacket(end.Reason));
        await Task.WhenAny(_sending, Task.Delay(LeaveTimeout, _time, _over.Token)).ConfigureAwait(false);
    }

    private async Task SendAsync()
    {
        try
        {
            await _sender.RunAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (ClientWire.IsFault(e))
        {
            End(new MqttClientClosed(MqttReasonCode.UnspecifiedError, IsRemote: true, e.Message));
        }
    }
}
