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

    private readonly MqttClientSession _session;
    private readonly MessageQueue _messages;
    private readonly ClientConnection _connection;

    private MqttClient(ClientWire wire, MqttClientOptions options, TimeProvider time)
    {
        _session = options.Session ?? new MqttClientSession(options.MaxInFlight);
        _messages = new MessageQueue(options.MaxReceivedMessages);
        _connection = new ClientConnection(this, wire, options, _session, _messages, time);
        _connection.Start();
    }

    /// <summary>As sent, or as the server assigned it.</summary>
    public string ClientId => _connection.ClientId;

    /// <inheritdoc cref="ClientConnection.IsReading"/>
    internal bool IsReading => _connection.IsReading;

    /// <summary>The server had kept a session of this client id.</summary>
    public bool SessionPresent => _connection.SessionPresent;

    public MqttServerLimits Limits => _connection.Limits;

    /// <summary>QoS 1 and 2 messages whose last answer has not come.</summary>
    public int InFlight => _session.InFlight;

    /// <summary>Received messages, in order; completes with the connection. Full: the client stops reading its socket.</summary>
    public ChannelReader<MqttMessage> Messages => _messages.Reader;

    /// <summary>Completes, never faults, when the connection has ended.</summary>
    public Task<MqttClientClosed> Closed => _connection.Closed;

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
            client = Over(await ClientWire.OpenAsync(server, options.Tls, either.Token).ConfigureAwait(false), options, time);
            await client._connection.Connected.WaitAsync(either.Token).ConfigureAwait(false);
            return client;
        }
        catch (Exception e) when (e is MqttClientException || ClientWire.IsFault(e))
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
    public ValueTask WaitForRoomAsync(CancellationToken cancellationToken = default) => _connection.Publisher.WaitForRoomAsync(cancellationToken);

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
            _connection.ThrowIfOver();
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
        IReadOnlyList<MqttSubscription> subscriptions, int subscriptionId = 0, CancellationToken cancellationToken = default) =>
        _connection.Requests.SubscribeAsync(subscriptions, subscriptionId, cancellationToken);

    /// <summary>Ends a subscription.</summary>
    /// <exception cref="MqttClientException">The connection ended first.</exception>
    public Task<MqttReasonCode> UnsubscribeAsync(string filter, CancellationToken cancellationToken = default) =>
        _connection.Requests.UnsubscribeAsync(filter, cancellationToken);

    /// <summary>Answers a received message when <see cref="MqttClientOptions.ManualAcknowledge"/> is set; answers leave in the order of arrival.</summary>
    /// <returns>False for an identifier that waits for none, or was received on another connection: the server sends that message again.</returns>
    public bool Acknowledge(ushort packetId) => _connection.Inbox.Acknowledge(packetId);

    /// <summary>Sends what is queued and DISCONNECT, then closes. In-flight messages are not awaited.</summary>
    /// <param name="withWill">MQTT 5: ask the server to publish the Will all the same.</param>
    /// <param name="cancellationToken">Gives up on sending and aborts.</param>
    public Task DisconnectAsync(bool withWill = false, CancellationToken cancellationToken = default) =>
        _connection.LeaveAsync(withWill ? MqttReasonCode.DisconnectWithWill : MqttReasonCode.Success, cancellationToken);

    /// <summary>Closes the socket at once with a reset and without DISCONNECT, as a pulled plug would.</summary>
    public void Abort() => _connection.Abort();

    /// <summary>Aborts unless already closed, and waits for the loops.</summary>
    public ValueTask DisposeAsync() => _connection.AbortAsync();

    private static MqttClient Over(ClientWire wire, MqttClientOptions options, TimeProvider time)
    {
        try
        {
            return new MqttClient(wire, options, time);
        }
        catch (InvalidOperationException)
        {
            // The session is in use: the caller's mistake, and no reason to keep a socket open.
            wire.Close(reset: true);
            throw;
        }
    }

    private bool TryQueue(
        ReadOnlySpan<byte> topic, ReadOnlySpan<byte> payload, byte qos, bool retain, ReadOnlySpan<byte> properties, ulong token,
        TaskCompletionSource<MqttReasonCode>? waiter)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(qos, (byte)2);
        return _connection.Publisher.TryPublish(
            new PublishPacket { Qos = qos, Retain = retain, Topic = topic, Properties = properties, Payload = payload }, token, waiter);
    }
}
