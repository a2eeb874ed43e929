using System.Buffers;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;
using FieldNet.Mqtt.Packets;

namespace FieldNet.Mqtt.Client;

/// <summary>One connection to an MQTT server: publish, subscribe, receive; QoS 0 and 1, MQTT 3.1.1 and 5.</summary>
/// <remarks>
/// Lifetime: an instance is connected once, from <see cref="ConnectAsync"/> to <see cref="Closed"/>; to reconnect, make another.
/// Threading: any thread may call any member; packets leave in the order of the calls.
/// Loss: a QoS 1 message is safe once acknowledged; whatever is not when <see cref="Closed"/> completes is the caller's to send again.
/// </remarks>
public sealed class MqttClient : IAsyncDisposable
{
    private static readonly TimeSpan LeaveTimeout = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly MqttClientOptions _options;
    private readonly TimeProvider _time;
    private readonly Socket _socket;
    private readonly ClientSender _sender;
    private readonly ClientReceiver _receiver;
    private readonly TaskCompletionSource<MqttClientClosed> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Dictionary<ushort, TaskCompletionSource<MqttReasonCode>> _requests = [];
    private readonly Task _loops;
    private InFlightWindow _window = new(0);
    private TaskCompletionSource? _room;
    private ClientKeepAlive? _keepAlive;
    private uint _maxPacketBytes = uint.MaxValue;
    private ushort _lastRequest;
    private MqttClientClosed _cause = new(MqttReasonCode.Success, IsRemote: false, "disconnected");
    private bool _isOver;

    private MqttClient(Socket socket, MqttClientOptions options, TimeProvider time)
    {
        _socket = socket;
        _options = options;
        _time = time;
        ClientId = options.ClientId;
        _sender = new ClientSender(socket, options) { Drained = ReleaseRoom };
        _receiver = new ClientReceiver(socket, this, options);
        _sender.Write(options, static (options, output, _) => ConnectRequest.Write(output, options));
        _loops = Task.WhenAll(Task.Run(SendAsync), Task.Run(_receiver.RunAsync));
    }

    /// <summary>As sent, or as the server assigned it.</summary>
    public string ClientId { get; private set; }

    /// <summary>The server had kept a session of this client id.</summary>
    public bool SessionPresent { get; private set; }

    /// <summary>QoS 1 messages whose PUBACK has not come.</summary>
    public int InFlight
    {
        get
        {
            lock (_gate)
            {
                return _window.Count;
            }
        }
    }

    /// <summary>Received messages, in order; completes with the connection. Full: the client stops reading its socket.</summary>
    public ChannelReader<MqttMessage> Messages => _receiver.Messages;

    /// <summary>Completes, never faults, when the connection has ended.</summary>
    public Task<MqttClientClosed> Closed => _closed.Task;

    /// <summary>Opens the socket, sends CONNECT and waits for CONNACK.</summary>
    /// <exception cref="MqttClientException">No connection, a refusal, or no answer in time.</exception>
    public static async Task<MqttClient> ConnectAsync(
        string host, int port, MqttClientOptions options, TimeProvider? time = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        time ??= TimeProvider.System;
        using var timeout = new CancellationTokenSource(options.ConnectTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        MqttClient? client = null;
        Socket? socket = null;
        try
        {
            socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(host, port, either.Token).ConfigureAwait(false);
            client = new MqttClient(socket, options, time);
            await client._receiver.Connected.WaitAsync(either.Token).ConfigureAwait(false);
            return client;
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or MqttClientException)
        {
            socket?.Dispose();
            if (client is not null)
            {
                await client.DisposeAsync().ConfigureAwait(false);
            }

            cancellationToken.ThrowIfCancellationRequested();
            throw e as MqttClientException
                ?? new MqttClientException(MqttReasonCode.ServerUnavailable, isRemote: false, $"No MQTT connection to {host}:{port}: {e.Message}", e);
        }
    }

    /// <summary>Queues a message without waiting and without garbage: the cheap way for thousands a second.</summary>
    /// <param name="topic">UTF-8 topic name.</param>
    /// <param name="payload">Copied before the call returns.</param>
    /// <param name="qos">0 or 1.</param>
    /// <param name="retain">Keep as the topic's retained message.</param>
    /// <param name="contentType">MQTT 5 content type, UTF-8; empty sends none. Ignored for 3.1.1.</param>
    /// <param name="token">Handed back to <see cref="MqttClientOptions.Acknowledged"/> with the PUBACK (QoS 1).</param>
    /// <returns>False when the connection is closed, or the in-flight window or pending bytes are full: nothing was queued.</returns>
    /// <exception cref="ArgumentException">QoS over 1, or a packet larger than the server takes.</exception>
    public bool TryPublish(
        ReadOnlySpan<byte> topic, ReadOnlySpan<byte> payload, byte qos = 0, bool retain = false,
        ReadOnlySpan<byte> contentType = default, ulong token = 0) =>
        TryQueue(topic, payload, qos, retain, contentType, token, waiter: null);

    /// <summary>Waits until <see cref="TryPublish"/> may succeed again, or the connection has closed.</summary>
    public ValueTask WaitForRoomAsync(CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (HasRoom)
            {
                return ValueTask.CompletedTask;
            }

            var room = _room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            // Looked at again, now that whoever makes room finds us waiting.
            return HasRoom ? ValueTask.CompletedTask : new ValueTask(room.Task.WaitAsync(cancellationToken));
        }
    }

    /// <summary>Publishes; completes with the PUBACK's reason code (QoS 1), or when queued (QoS 0).</summary>
    /// <exception cref="MqttClientException">The connection ended first.</exception>
    public async Task<MqttReasonCode> PublishAsync(
        string topic, ReadOnlyMemory<byte> payload, byte qos = 0, bool retain = false, string? contentType = null,
        CancellationToken cancellationToken = default)
    {
        var waiter = qos == 0 ? null : new TaskCompletionSource<MqttReasonCode>(TaskCreationOptions.RunContinuationsAsynchronously);
        var topicUtf8 = Encoding.UTF8.GetBytes(topic);
        var contentTypeUtf8 = Encoding.UTF8.GetBytes(contentType ?? "");
        while (!TryQueue(topicUtf8, payload.Span, qos, retain, contentTypeUtf8, token: 0, waiter))
        {
            ThrowIfOver();
            await WaitForRoomAsync(cancellationToken).ConfigureAwait(false);
        }

        return waiter is null ? MqttReasonCode.Success : await waiter.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Subscribes to one filter; completes with the granted QoS or a refusal (0x80 and up).</summary>
    /// <exception cref="MqttClientException">The connection ended first.</exception>
    public Task<MqttReasonCode> SubscribeAsync(string filter, byte qos = 0, CancellationToken cancellationToken = default)
    {
        var utf8 = Encoding.UTF8.GetBytes(filter);
        return RequestAsync(
            (id, output, version) => SubscribePacket.Write(output, version, id, utf8, new SubscriptionOptions(qos)), cancellationToken);
    }

    /// <summary>Ends a subscription.</summary>
    /// <exception cref="MqttClientException">The connection ended first.</exception>
    public Task<MqttReasonCode> UnsubscribeAsync(string filter, CancellationToken cancellationToken = default)
    {
        var utf8 = Encoding.UTF8.GetBytes(filter);
        return RequestAsync((id, output, version) => UnsubscribePacket.Write(output, version, id, utf8), cancellationToken);
    }

    /// <summary>Sends what is queued and DISCONNECT, then closes. In-flight messages are not awaited.</summary>
    /// <param name="withWill">MQTT 5: ask the server to publish the Will all the same.</param>
    /// <param name="cancellationToken">Gives up on sending and aborts.</param>
    public async Task DisconnectAsync(bool withWill = false, CancellationToken cancellationToken = default)
    {
        var packet = new DisconnectPacket(withWill ? MqttReasonCode.DisconnectWithWill : MqttReasonCode.Success);
        _sender.Write(packet, static (packet, output, version) => packet.Write(output, version), isLast: true);
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
    internal void Accepted(in ConnAckPacket packet)
    {
        SessionPresent = packet.SessionPresent;
        if (MqttPropertyRules.TryFind(packet.Properties, MqttPropertyId.AssignedClientIdentifier, out var assigned))
        {
            ClientId = Encoding.UTF8.GetString(assigned.Bytes);
        }

        var keepAlive = TimeSpan.FromSeconds(
            MqttPropertyRules.NumberOr(packet.Properties, MqttPropertyId.ServerKeepAlive, (uint)_options.KeepAlive.TotalSeconds));
        lock (_gate)
        {
            _maxPacketBytes = MqttPropertyRules.NumberOr(packet.Properties, MqttPropertyId.MaximumPacketSize, uint.MaxValue);
            _window = new InFlightWindow((int)Math.Min(
                MqttPropertyRules.NumberOr(packet.Properties, MqttPropertyId.ReceiveMaximum, ushort.MaxValue), (uint)_options.MaxInFlight));
            if (!_isOver && keepAlive > TimeSpan.Zero)
            {
                _keepAlive = new ClientKeepAlive(keepAlive, _time, _sender, GiveUp);
            }
        }
    }

    /// <summary>A PUBACK came.</summary>
    internal void Acknowledged(in AckPacket packet)
    {
        ulong token;
        TaskCompletionSource<MqttReasonCode>? waiter;
        lock (_gate)
        {
            if (!_window.TryRelease(packet.PacketId, out token, out waiter))
            {
                return;
            }

        }

        ReleaseRoom();
        if (waiter is not null)
        {
            waiter.TrySetResult(packet.Reason);
        }
        else
        {
            _options.Acknowledged?.Invoke(token, packet.Reason);
        }
    }

    /// <summary>A SUBACK or UNSUBACK came.</summary>
    internal void Answered(ushort packetId, MqttReasonCode reason)
    {
        TaskCompletionSource<MqttReasonCode>? waiter;
        lock (_gate)
        {
            _requests.Remove(packetId, out waiter);
        }

        waiter?.TrySetResult(reason);
    }

    /// <summary>Acknowledges a received message.</summary>
    internal void PubAck(ushort packetId) =>
        _sender.Write(new AckPacket(packetId, MqttReasonCode.Success), static (packet, output, version) => packet.Write(output, version));

    /// <summary>Bytes came: the server is alive.</summary>
    internal void Heard() => _keepAlive?.Heard();

    /// <summary>The connection is over; the first cause counts.</summary>
    internal void End(MqttClientClosed cause, bool reset = false)
    {
        List<TaskCompletionSource<MqttReasonCode>> waiters;
        lock (_gate)
        {
            if (_isOver)
            {
                return;
            }

            _isOver = true;
            cause = _cause = _sender.IsLeaving ? _cause : cause;
            waiters = [.. _window.Waiters(), .. _requests.Values];
            _requests.Clear();
            _keepAlive?.Dispose();
        }

        if (reset)
        {
            _socket.Close(timeout: 0);
        }
        else
        {
            _socket.Dispose();
        }

        _closed.TrySetResult(cause);
        _sender.Stop();
        ReleaseRoom();
        foreach (var waiter in waiters)
        {
            waiter.TrySetException(Over(cause));
        }
    }

    private bool HasRoom => _isOver || _sender.IsLeaving || (!_window.IsFull && _sender.HasRoom);

    private static MqttClientException Over(MqttClientClosed cause) =>
        new(cause.Reason, cause.IsRemote, $"The MQTT connection has ended: {cause.Detail}.");

    private bool TryQueue(
        ReadOnlySpan<byte> topic, ReadOnlySpan<byte> payload, byte qos, bool retain, ReadOnlySpan<byte> contentType, ulong token,
        TaskCompletionSource<MqttReasonCode>? waiter)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(qos, (byte)1);
        var contentTypeBytes = contentType.IsEmpty ? 0 : MqttPropertyWriter.Utf8Bytes(contentType.Length);
        var properties = new MqttPropertyWriter(contentTypeBytes <= 128 ? stackalloc byte[128] : new byte[contentTypeBytes]);
        if (!contentType.IsEmpty)
        {
            properties.Utf8(MqttPropertyId.ContentType, contentType);
        }

        var packet = new PublishPacket { Qos = qos, Retain = retain, Topic = topic, Properties = properties.Block, Payload = payload };
        var bytes = packet.PacketBytes(_options.ProtocolVersion);
        ushort packetId = 0;
        lock (_gate)
        {
            if (bytes > _maxPacketBytes)
            {
                throw new ArgumentException($"The packet of {bytes} bytes is larger than the {_maxPacketBytes} that the server takes.", nameof(payload));
            }

            if (_isOver || (qos > 0 && !_window.TryTake(token, waiter, out packetId)))
            {
                return false;
            }

            packet = new PublishPacket
            {
                Qos = qos,
                Retain = retain,
                PacketId = packetId,
                Topic = topic,
                Properties = properties.Block,
                Payload = payload,
            };
            if (_sender.TryPublish(packet, bytes))
            {
                return true;
            }

            _ = qos > 0 && _window.TryRelease(packetId, out _, out _);
            return false;
        }
    }

    private async Task<MqttReasonCode> RequestAsync(
        Action<ushort, IBufferWriter<byte>, MqttProtocolVersion> write, CancellationToken cancellationToken)
    {
        var waiter = new TaskCompletionSource<MqttReasonCode>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            ThrowIfOver();
            var id = NextRequest();
            _requests.Add(id, waiter);
            _sender.Write(id, write);
        }

        return await waiter.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>An identifier above those of the window.</summary>
    private ushort NextRequest()
    {
        do
        {
            _lastRequest = _lastRequest is < 0x8000 or ushort.MaxValue ? (ushort)0x8000 : (ushort)(_lastRequest + 1);
        }
        while (_requests.ContainsKey(_lastRequest));

        return _lastRequest;
    }

    private void ThrowIfOver()
    {
        if (_isOver || _sender.IsLeaving)
        {
            throw Over(_cause);
        }
    }

    private void ReleaseRoom() => Interlocked.Exchange(ref _room, null)?.TrySetResult();

    private void GiveUp() =>
        End(new MqttClientClosed(MqttReasonCode.KeepAliveTimeout, IsRemote: false, "the server answers no ping"), reset: true);

    private async Task SendAsync()
    {
        try
        {
            await _sender.RunAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            End(new MqttClientClosed(MqttReasonCode.UnspecifiedError, IsRemote: true, e.Message));
        }
    }
}
