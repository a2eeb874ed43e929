using System.Buffers;
using System.Text;
using System.Threading.Channels;
using FieldNet.Mqtt.Packets;

namespace FieldNet.Mqtt.Client;

/// <summary>One connection to an MQTT server: publish, subscribe, receive; QoS 0 to 2, MQTT 3.1.1 and 5.</summary>
/// <remarks>
/// Lifetime: an instance is connected once, from <see cref="ConnectAsync(MqttServerAddress, MqttClientOptions, TimeProvider, CancellationToken)"/>
/// to <see cref="Closed"/>; to go on, make another with the same <see cref="MqttClientOptions.Session"/>, or use <see cref="MqttLink"/>.
/// Threading: any thread may call any member; packets leave in the order of the calls.
/// Loss: a QoS 1 or 2 message is safe once answered; without a session, what is not answered by <see cref="Closed"/> is the caller's to send again.
/// </remarks>
public sealed class MqttClient : IAsyncDisposable
{
    private const int StackBytes = 128;

    private static readonly TimeSpan LeaveTimeout = TimeSpan.FromSeconds(2);

    private readonly MqttClientOptions _options;
    private readonly TimeProvider _time;
    private readonly ClientWire _wire;
    private readonly MqttClientSession _session;
    private readonly ClientSender _sender;
    private readonly ClientPublisher _publisher;
    private readonly ClientInbox _inbox;
    private readonly ClientReceiver _receiver;
    private readonly MessageQueue _messages;
    private readonly PendingRequests _requests = new();
    private readonly TaskCompletionSource _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<MqttClientClosed> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _over = new();
    private readonly Task _sending;
    private readonly Task _loops;
    private ClientKeepAlive? _keepAlive;
    private MqttClientClosed _cause = new(MqttReasonCode.Success, IsRemote: false, "disconnected");
    private bool _isOver;

    private MqttClient(ClientWire wire, MqttClientOptions options, TimeProvider time)
    {
        (_wire, _options, _time, ClientId) = (wire, options, time, options.ClientId);
        _session = options.Session ?? new MqttClientSession(options.MaxInFlight);
        _session.Attach(this);
        _sender = new ClientSender(wire, options) { Drained = () => _publisher!.ReleaseRoom() };
        _publisher = new ClientPublisher(options, _session, _sender);
        _messages = new MessageQueue(options.MaxReceivedMessages);
        _inbox = new ClientInbox(options, _session, _sender, options.Receiver ?? _messages);
        _receiver = new ClientReceiver(wire, new ServerPackets(this, _publisher, _inbox, options.ProtocolVersion), _inbox, options);
        var connect = new ArrayBufferWriter<byte>();
        ConnectRequest.Write(connect, options);
        _sender.Write(connect.WrittenSpan);
        _sending = Task.Run(SendAsync);
        _loops = Task.WhenAll(_sending, Task.Run(ReceiveAsync));
    }

    /// <summary>As sent, or as the server assigned it.</summary>
    public string ClientId { get; private set; }

    /// <summary>The server had kept a session of this client id.</summary>
    public bool SessionPresent { get; private set; }

    public MqttServerLimits Limits { get; private set; } = new();

    /// <summary>QoS 1 and 2 messages whose last answer has not come.</summary>
    public int InFlight => _session.InFlight;

    /// <summary>Received messages, in order; completes with the connection. Full: the client stops reading its socket.</summary>
    public ChannelReader<MqttMessage> Messages => _messages.Reader;

    /// <summary>Completes, never faults, when the connection has ended.</summary>
    public Task<MqttClientClosed> Closed => _closed.Task;

    /// <inheritdoc cref="ConnectAsync(MqttServerAddress, MqttClientOptions, TimeProvider, CancellationToken)"/>
    public static Task<MqttClient> ConnectAsync(
        string host, int port, MqttClientOptions options, TimeProvider? time = null, CancellationToken cancellationToken = default) =>
        MqttServerAddress.TryParse(new UriBuilder("mqtt", host, port).Uri, out var server)
            ? ConnectAsync(server, options, time, cancellationToken)
            : throw new ArgumentException($"'{host}' is not a host.", nameof(host));

    /// <summary>Opens the connection, sends CONNECT and waits for CONNACK.</summary>
    /// <exception cref="MqttClientException">No connection, a refusal, or no answer in time.</exception>
    public static async Task<MqttClient> ConnectAsync(
        MqttServerAddress server, MqttClientOptions options, TimeProvider? time = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(server);
        ArgumentNullException.ThrowIfNull(options);
        time ??= TimeProvider.System;
        using var timeout = new CancellationTokenSource(options.ConnectTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        MqttClient? client = null;
        try
        {
            client = new MqttClient(await ClientWire.OpenAsync(server, options.Tls, either.Token).ConfigureAwait(false), options, time);
            await client._connected.Task.WaitAsync(either.Token).ConfigureAwait(false);
            return client;
        }
        catch (Exception e) when (e is OperationCanceledException or MqttClientException || ClientWire.IsFault(e))
        {
            if (client is not null)
            {
                await client.DisposeAsync().ConfigureAwait(false);
            }

            cancellationToken.ThrowIfCancellationRequested();
            throw e as MqttClientException
                ?? new MqttClientException(MqttReasonCode.ServerUnavailable, isRemote: false, $"No MQTT connection to {server}: {e.Message}", e);
        }
    }

    /// <summary>Queues a message without waiting and without garbage: the cheap way for thousands a second.</summary>
    /// <param name="topic">UTF-8 topic name.</param>
    /// <param name="payload">Copied before the call returns.</param>
    /// <param name="qos">0 to 2.</param>
    /// <param name="retain">Keep as the topic's retained message.</param>
    /// <param name="contentType">MQTT 5 content type, UTF-8; empty sends none. Ignored for 3.1.1.</param>
    /// <param name="token">Handed back to <see cref="MqttClientOptions.Acknowledged"/> with the last answer (QoS 1 and 2).</param>
    /// <returns>False when the connection is closed, or the in-flight window or pending bytes are full: nothing was queued.</returns>
    /// <exception cref="ArgumentException">QoS over 2, or a message that this server never takes (see <see cref="Limits"/>).</exception>
    public bool TryPublish(
        ReadOnlySpan<byte> topic, ReadOnlySpan<byte> payload, byte qos = 0, bool retain = false,
        ReadOnlySpan<byte> contentType = default, ulong token = 0)
    {
        var propertyBytes = contentType.IsEmpty ? 0 : MqttPropertyWriter.Utf8Bytes(contentType.Length);
        var properties = new MqttPropertyWriter(propertyBytes <= StackBytes ? stackalloc byte[StackBytes] : new byte[propertyBytes]);
        if (!contentType.IsEmpty)
        {
            properties.Utf8(MqttPropertyId.ContentType, contentType);
        }

        return TryQueue(topic, payload, qos, retain, properties.Block, token, waiter: null);
    }

    /// <summary>Waits until <see cref="TryPublish"/> may succeed again, or the connection has closed.</summary>
    public ValueTask WaitForRoomAsync(CancellationToken cancellationToken = default) => _publisher.WaitForRoomAsync(cancellationToken);

    /// <inheritdoc cref="PublishAsync(MqttPublication, CancellationToken)"/>
    public Task<MqttReasonCode> PublishAsync(
        string topic, ReadOnlyMemory<byte> payload, byte qos = 0, bool retain = false, string? contentType = null, CancellationToken cancellationToken = default) =>
        PublishAsync(new MqttPublication(topic, payload) { Qos = qos, Retain = retain, ContentType = contentType }, cancellationToken);

    /// <summary>Publishes; completes with the last answer's reason code (QoS 1 and 2), or when queued (QoS 0).</summary>
    /// <exception cref="MqttClientException">The connection ended first, and there is no session in which the message could go on.</exception>
    public async Task<MqttReasonCode> PublishAsync(MqttPublication message, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        var waiter = message.Qos == 0 ? null : new TaskCompletionSource<MqttReasonCode>(TaskCreationOptions.RunContinuationsAsynchronously);
        var topic = Encoding.UTF8.GetBytes(message.Topic);
        var properties = message.Properties();
        while (!TryQueue(topic, message.Payload.Span, message.Qos, message.Retain, properties.Bytes, token: 0, waiter))
        {
            ThrowIfOver();
            await WaitForRoomAsync(cancellationToken).ConfigureAwait(false);
        }

        return waiter is null ? MqttReasonCode.Success : await waiter.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Subscribes to one filter; completes with the granted QoS or a refusal (0x80 and up).</summary>
    /// <exception cref="MqttClientException">The connection ended first.</exception>
    public async Task<MqttReasonCode> SubscribeAsync(string filter, byte qos = 0, CancellationToken cancellationToken = default) =>
        (await SubscribeAsync([new MqttSubscription(filter, qos)], cancellationToken: cancellationToken).ConfigureAwait(false))[0];

    /// <summary>Subscribes; completes with the granted QoS or a refusal for each filter.</summary>
    /// <param name="subscriptions">At least one.</param>
    /// <param name="subscriptionId">Comes back with each message (<see cref="MqttMessage.SubscriptionIdentifiers"/>); 0 for none. MQTT 5.</param>
    /// <param name="cancellationToken">Gives up waiting for the answer.</param>
    /// <exception cref="MqttClientException">The connection ended first.</exception>
    public Task<MqttReasonCode[]> SubscribeAsync(
        IReadOnlyList<MqttSubscription> subscriptions, int subscriptionId = 0, CancellationToken cancellationToken = default)
    {
        var version = _options.ProtocolVersion;
        (ReadOnlyMemory<byte>, SubscriptionOptions)[] filters = [.. subscriptions.Select(each => ((ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(each.Filter), each.Options(version)))];
        var properties = subscriptionId == 0 ? new PropertyBlock() : new PropertyBlock().Varint(MqttPropertyId.SubscriptionIdentifier, subscriptionId);
        return RequestAsync((id, output) => SubscribePacket.Write(output, version, id, filters, properties.Bytes), filters.Length, cancellationToken);
    }

    /// <summary>Ends a subscription.</summary>
    /// <exception cref="MqttClientException">The connection ended first.</exception>
    public async Task<MqttReasonCode> UnsubscribeAsync(string filter, CancellationToken cancellationToken = default)
    {
        var utf8 = Encoding.UTF8.GetBytes(filter);
        var reasons = await RequestAsync(
            (id, output) => UnsubscribePacket.Write(output, _options.ProtocolVersion, id, utf8), answers: 1, cancellationToken).ConfigureAwait(false);
        return reasons[0];
    }

    /// <summary>Answers a received message when <see cref="MqttClientOptions.ManualAcknowledge"/> is set; answers leave in the order of arrival.</summary>
    /// <returns>False for an identifier that waits for none, or was received on another connection: the server sends that message again.</returns>
    public bool Acknowledge(ushort packetId) => _inbox.Acknowledge(packetId);

    /// <summary>Sends what is queued and DISCONNECT, then closes. In-flight messages are not awaited.</summary>
    /// <param name="withWill">MQTT 5: ask the server to publish the Will all the same.</param>
    /// <param name="cancellationToken">Gives up on sending and aborts.</param>
    public async Task DisconnectAsync(bool withWill = false, CancellationToken cancellationToken = default)
    {
        _sender.WriteLast(new DisconnectPacket(withWill ? MqttReasonCode.DisconnectWithWill : MqttReasonCode.Success));
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

    /// <summary>Closes the socket at once with a reset and without DISCONNECT, as a pulled plug would.</summary>
    public void Abort() => End(new MqttClientClosed(MqttReasonCode.UnspecifiedError, IsRemote: false, "aborted"), reset: true);

    /// <summary>Aborts unless already closed, and waits for the loops.</summary>
    public async ValueTask DisposeAsync()
    {
        Abort();
        await _loops.ConfigureAwait(false);
    }

    /// <summary>CONNACK let us in.</summary>
    /// <returns>Why the connection ends all the same; null to go on.</returns>
    internal MqttClientClosed? Accepted(in ConnAckPacket packet)
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

        _inbox.Receiver.Connected(this);
        _publisher.Begin(Limits, SessionPresent);
        _connected.TrySetResult();
        return null;
    }

    /// <summary>A SUBACK or UNSUBACK came.</summary>
    internal void Answered(ushort packetId, ReadOnlySpan<byte> codes)
    {
        TaskCompletionSource<MqttReasonCode[]>? waiter;
        lock (_session.Gate)
        {
            _requests.TryTake(packetId, out waiter);
        }

        if (waiter is not null)
        {
            var reasons = new MqttReasonCode[codes.Length];
            for (var i = 0; i < reasons.Length; i++)
            {
                reasons[i] = (MqttReasonCode)codes[i];
            }

            waiter.TrySetResult(reasons);
        }
    }

    private static MqttClientException Over(MqttClientClosed cause) =>
        new(cause.Reason, cause.IsRemote, $"The MQTT connection has ended: {cause.Detail}.");

    private bool TryQueue(
        ReadOnlySpan<byte> topic, ReadOnlySpan<byte> payload, byte qos, bool retain, ReadOnlySpan<byte> properties, ulong token,
        TaskCompletionSource<MqttReasonCode>? waiter)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(qos, (byte)2);
        return _publisher.TryPublish(
            new PublishPacket { Qos = qos, Retain = retain, Topic = topic, Properties = properties, Payload = payload }, token, waiter);
    }

    private async Task<MqttReasonCode[]> RequestAsync(Action<ushort, IBufferWriter<byte>> write, int answers, CancellationToken cancellationToken)
    {
        var waiter = new TaskCompletionSource<MqttReasonCode[]>(TaskCreationOptions.RunContinuationsAsynchronously);
        var packet = new ArrayBufferWriter<byte>();
        lock (_session.Gate)
        {
            ThrowIfOver();
            write(_requests.Add(waiter), packet);
            _sender.Write(packet.WrittenSpan);
        }

        var reasons = await waiter.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        // Before MQTT 5 an UNSUBACK names no reasons: it has worked.
        return reasons.Length == answers ? reasons : new MqttReasonCode[answers];
    }

    private void ThrowIfOver()
    {
        if (_isOver || _sender.IsLeaving)
        {
            throw Over(_cause);
        }
    }

    private void GiveUp() =>
        End(new MqttClientClosed(MqttReasonCode.KeepAliveTimeout, IsRemote: false, "the server answers no ping"), reset: true);

    /// <summary>The connection is over; the first cause counts.</summary>
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
            publishers = _publisher.End();
            requesters = _requests.TakeAll();
            _keepAlive?.Dispose();
        }

        _over.Cancel();
        _wire.Close(reset);
        _sender.Stop();
        _publisher.ReleaseRoom();
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
