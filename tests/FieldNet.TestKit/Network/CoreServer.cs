using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FieldNet.TestKit.Network;

/// <summary>A real HTTP server in a core function's place.</summary>
public sealed class CoreServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private CoreServer(WebApplication app) => _app = app;

    public Uri Address { get; private set; } = null!;

    /// <summary>Path and query of every question.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    /// <param name="answer">Null is 404.</param>
    /// <param name="port">0 takes a free one.</param>
    public static async Task<CoreServer> StartAsync(Func<HttpRequest, Task<string?>> answer, int port = 0)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        var app = builder.Build();
        var server = new CoreServer(app);
        app.Run(async context =>
        {
            server.Asked.Enqueue(context.Request.Path + context.Request.QueryString);
            if (await answer(context.Request) is { } page)
            {
                await context.Response.WriteAsync(page, context.RequestAborted);
            }
            else if (context.Response.StatusCode == StatusCodes.Status200OK)
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
            }
        });
        await app.StartAsync();
        server.Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }
}
