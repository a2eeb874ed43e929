using System.Net;
using FieldNet.Mqtt.Endpoint;
using FieldNet.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace FieldNet.Mqtt.Transport;

/// <summary>MQTT over WebSocket.</summary>
public static class MqttWebSocket
{
    /// <summary>Asked for by every client (MQTT-6.0.0-3); the second by those of before MQTT 3.1.1.</summary>
    private static readonly string[] Subprotocols = ["mqtt", "mqttv3.1"];

    /// <summary>Serves MQTT at a path.</summary>
    /// <remarks>
    /// The same-origin policy does not cover WebSockets: the host itself keeps other sites' pages away, by Origin and Host.
    /// The services have the <see cref="MqttEndpoint"/> (<see cref="MqttServiceCollectionExtensions.AddMqttEndpoint"/>).
    /// </remarks>
    public static IEndpointConventionBuilder MapMqttWebSocket(this IEndpointRouteBuilder endpoints, string path)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var pipeline = endpoints.CreateApplicationBuilder();
        pipeline.UseWebSockets();
        pipeline.Run(static context => ServeAsync(context, context.RequestServices.GetRequiredService<MqttEndpoint>()));
        return endpoints.Map(path, pipeline.Build()).ExcludeFromDescription();
    }

    private static async Task ServeAsync(HttpContext context, MqttEndpoint endpoint)
    {
        var sockets = context.WebSockets;
        if (!sockets.IsWebSocketRequest || Array.Find(Subprotocols, sockets.WebSocketRequestedProtocols.Contains) is not { } subprotocol)
        {
            await TypedResults.Problem(
                title: "Not MQTT", detail: "Here is MQTT over WebSocket only: ask for the subprotocol mqtt.", statusCode: StatusCodes.Status400BadRequest)
                .ExecuteAsync(context).ConfigureAwait(false);
            return;
        }

        using var socket = await sockets.AcceptWebSocketAsync(subprotocol).ConfigureAwait(false);
        var pipe = new WebSocketPipe(socket);
        var connection = context.Connection;
        var remote = connection.RemoteIpAddress is { } address ? new IPEndPoint(address, connection.RemotePort) : null;
        var transport = new PipeTransport(pipe, remote, connection.ClientCertificate, context.Abort, endpoint.Time);
        if (endpoint.Accept(transport) is not { } protocol)
        {
            context.Abort();
            return;
        }

        var carrying = pipe.RunAsync();
        await transport.RunAsync(protocol).ConfigureAwait(false);
        if (pipe.HasHeardText)
        {
            ((IAcceptor)endpoint).Refuse(Refusal.ProtocolError, remote, "a text frame on a WebSocket");
        }

        try
        {
            await carrying.WaitAsync(endpoint.Options.FarewellTimeout, endpoint.Time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // A peer that neither reads nor closes.
            context.Abort();
            await carrying.ConfigureAwait(false);
        }
    }
}
