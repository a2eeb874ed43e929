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
    private MqttClient(MqttClientOptions options) => ClientId = options.ClientId;

    /// <summary>Opens the socket, sends CONNECT and waits for CONNACK.</summary>
    /// <exception cref="MqttClientException">No connection, a refusal, or no answer in time.</exception>
    public static Task<MqttClient> ConnectAsync(
        string host, int port, MqttClientOptions options, TimeProvider? time = null, CancellationToken cancellationToken = default) =>
        throw new NotImplementedException();

    /// <summary>As sent, or as the server assigned it.</summary>
    public string ClientId { get; }

    /// <summary>The server had kept a session of this client id.</summary>
    public bool SessionPresent => throw new NotImplementedException();

    /// <summary>QoS 1 messages whose PUBACK has not come.</summary>
    public int InFlight => throw new NotImplementedException();

    /// <summary>Received messages, in order; completes with the connection. Full: the client stops reading its socket.</summary>
    public ChannelReader<MqttMessage> Messages => throw new NotImplementedException();

    /// <summary>Completes, never faults, when the connection has ended.</summary>
    public Task<MqttClientClosed> Closed => throw new NotImplementedException();

    /// <summary>Queues a message without waiting and without garbage: the cheap way for thousands a second.</summary>
    /// <param name="topic">UTF-8 topic name.</param>
    /// <param name="payload">Copied before the call returns.</param>
    /// <param name="qos">0 or 1.</param>
    /// <param name="retain">Keep as the topic's retained message.</param>
    /// <param name="contentType">MQTT 5 content type, UTF-8; empty sends none. Ignored for 3.1.1.</param>
    /// <param name="token">Handed back to <see cref="MqttClientOptions.Acknowledged"/> with the PUBACK (QoS 1).</param>
    /// <returns>False when the connection is closed, or the in-flight window or pending bytes are full: nothing was queued.</returns>
    public bool TryPublish(
        ReadOnlySpan<byte> topic, ReadOnlySpan<byte> payload, byte qos = 0, bool retain = false,
        ReadOnlySpan<byte> contentType = default, ulong token = 0) => throw new NotImplementedException();

    /// <summary>Waits until <see cref="TryPublish"/> may succeed again, or the connection has closed.</summary>
    public ValueTask WaitForRoomAsync(CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Publishes; completes with the PUBACK's reason code (QoS 1), or when queued (QoS 0).</summary>
    /// <exception cref="MqttClientException">The connection ended first.</exception>
    public Task<MqttReasonCode> PublishAsync(
        string topic, ReadOnlyMemory<byte> payload, byte qos = 0, bool retain = false, string? contentType = null,
        CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Subscribes to one filter; completes with the granted QoS or a refusal (0x80 and up).</summary>
    /// <exception cref="MqttClientException">The connection ended first.</exception>
    public Task<MqttReasonCode> SubscribeAsync(string filter, byte qos = 0, CancellationToken cancellationToken = default) =>
        throw new NotImplementedException();

    /// <exception cref="MqttClientException">The connection ended first.</exception>
    public Task<MqttReasonCode> UnsubscribeAsync(string filter, CancellationToken cancellationToken = default) =>
        throw new NotImplementedException();

    /// <summary>Sends what is queued and DISCONNECT, then closes. In-flight messages are not awaited.</summary>
    /// <param name="withWill">MQTT 5: ask the server to publish the Will all the same.</param>
    /// <param name="cancellationToken">Gives up on sending and aborts.</param>
    public Task DisconnectAsync(bool withWill = false, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Closes the socket at once with a reset and without DISCONNECT, as a pulled plug would.</summary>
    public void Abort() => throw new NotImplementedException();

    /// <summary>Aborts unless already closed, and waits for the loops.</summary>
    public ValueTask DisposeAsync() => throw new NotImplementedException();
}
