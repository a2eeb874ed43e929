using FieldNet.Mqtt.Transport;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace FieldNet.Mqtt.Endpoint;

/// <summary>The MQTT endpoint on Kestrel: <c>listenOptions.UseConnectionHandler&lt;MqttConnectionHandler&gt;()</c>.</summary>
/// <remarks>Lifetime: one for all listeners. Stop Kestrel before the sequencer: each connection posts its Close as it ends.</remarks>
public sealed class MqttConnectionHandler(MqttEndpoint endpoint) : ConnectionHandler
{
    /// <inheritdoc/>
    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        var transport = new PipeTransport(
            connection.Transport,
            connection.RemoteEndPoint,
            connection.Features.Get<ITlsConnectionFeature>()?.ClientCertificate,
            connection.Abort,
            endpoint.Time);
        if (endpoint.Accept(transport) is not { } protocol)
        {
            connection.Abort();
            return;
        }

        var stopping = connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested ?? CancellationToken.None;
        using var registration = stopping.UnsafeRegister(static c => ((MqttConnection)c!).EndWith(ConnectionEnd.ServerStopping), protocol);
        await transport.RunAsync(protocol).ConfigureAwait(false);
    }
}
