using System.Net;
using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FieldNet.TestKit.Network;

/// <summary>A real WebSocket server in a gNB's place: it answers the subscription and sends what the test gives it.</summary>
public sealed class GnbServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Func<WebSocket, Task> _serve;

    private GnbServer(WebApplication app, Func<WebSocket, Task> serve) => (_app, _serve) = (app, serve);

    public Uri Address { get; private set; } = null!;

    /// <summary>What the client sent first.</summary>
    public string Subscription { get; private set; } = "";

    public int Connections { get; private set; }

    /// <param name="port">0 takes a free one.</param>
    public static async Task<GnbServer> StartAsync(Func<WebSocket, Task> serve, int port = 0)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        var app = builder.Build();
        app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.FromMilliseconds(200), KeepAliveTimeout = TimeSpan.FromSeconds(2) });
        var server = new GnbServer(app, serve);
        app.Map("/", async context =>
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            await server.ServeAsync(socket);
        });
        await app.StartAsync();
        var bound = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        server.Address = new UriBuilder(bound) { Scheme = "ws" }.Uri;
        return server;
    }

    public static Task SendAsync(WebSocket socket, string text) => SendAsync(socket, Encoding.UTF8.GetBytes(text));

    public static Task SendAsync(WebSocket socket, byte[] frame, WebSocketMessageType type = WebSocketMessageType.Text) =>
        socket.SendAsync(frame, type, endOfMessage: true, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private async Task ServeAsync(WebSocket socket)
    {
        Connections++;
        var buffer = new byte[16 * 1024];
        var first = await socket.ReceiveAsync(buffer, CancellationToken.None);
        Subscription = Encoding.UTF8.GetString(buffer, 0, first.Count);
        await SendAsync(socket, """{"cmd":"metrics_subscribe","timestamp":"2026-05-15T14:23:27.000"}""");
        await _serve(socket);
        try
        {
            // Pings are answered by the client's own reading; ours keeps the pongs coming in.
            while ((await socket.ReceiveAsync(buffer, CancellationToken.None)).MessageType != WebSocketMessageType.Close)
            {
            }
        }
        catch (WebSocketException)
        {
            // The client is gone.
        }
        catch (OperationCanceledException)
        {
            // The server ends.
        }
    }
}
