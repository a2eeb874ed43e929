using FieldNet.Mqtt.Client;
using FieldNet.Mqtt.Packets;

namespace FieldNet.Bedside.Devices;

/// <summary>Opens real MQTT 5 connections.</summary>
internal sealed class MqttConnector(string host, int port, TimeProvider time) : IConnector
{
    /// <summary>Longer than any silence of a demonstration, so that a pulled link sends no PINGREQ either.</summary>
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(60);

    /// <exception cref="TransportException">No connection, a refusal, or no answer in time.</exception>
    public async Task<ITransport> ConnectAsync(
        string clientId, (string Topic, byte[] Payload)? will, Action<ulong, bool> acknowledged, CancellationToken cancellationToken)
    {
        var options = new MqttClientOptions
        {
            ClientId = clientId,
            KeepAlive = KeepAlive,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            Will = will is { } w ? new() { Topic = w.Topic, Payload = w.Payload, Qos = 1, Retain = true } : null,
            Acknowledged = (token, reason) => acknowledged(token, reason < MqttReasonCode.UnspecifiedError),
        };
        try
        {
            return new Transport(await MqttClient.ConnectAsync(host, port, options, time, cancellationToken).ConfigureAwait(false));
        }
        catch (MqttClientException cause)
        {
            throw new TransportException(cause.Message, cause);
        }
    }

    private sealed class Transport(MqttClient client) : ITransport
    {
        public Task<string> Closed { get; } = Describe(client);

        public bool TryPublish(ReadOnlySpan<byte> topic, ReadOnlySpan<byte> payload, byte qos, bool retain, ulong token) =>
            client.TryPublish(topic, payload, qos, retain, token: token);

        public void Abort() => client.Abort();

        public Task DisconnectAsync(CancellationToken cancellationToken) => client.DisconnectAsync(cancellationToken: cancellationToken);

        public ValueTask DisposeAsync() => client.DisposeAsync();

        private static async Task<string> Describe(MqttClient client) => (await client.Closed.ConfigureAwait(false)).Detail;
    }
}
