using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FieldNet.Mqtt.Tests.Transport;

/// <summary>The pipes are Kestrel's.</summary>
public sealed class PipeTransportTests : TransportContract
{
    private protected override async Task<IFrameServer> StartAsync(FrameAcceptor acceptor)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Run(connection => FrameAcceptor.ServeAsync(connection, acceptor))));
        var app = builder.Build();
        await app.StartAsync();
        return new KestrelServer(app, acceptor);
    }

    private sealed class KestrelServer(WebApplication app, FrameAcceptor acceptor) : IFrameServer
    {
        public EndPoint Address { get; } = new IPEndPoint(
            IPAddress.Loopback, new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Port);

        public async ValueTask DisposeAsync()
        {
            acceptor.EndAll();
            using var patience = new CancellationTokenSource(Until.Deadline, TimeProvider.System);
            await app.StopAsync(patience.Token);
            await app.DisposeAsync();
        }
    }
}
