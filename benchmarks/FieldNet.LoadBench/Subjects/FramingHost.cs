using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FieldNet.LoadBench.Subjects;

/// <summary>The child process of <see cref="FramingServer"/>: the one place that says which transport it runs on.</summary>
internal static class FramingHost
{
    public const string Verb = "framing";

    public static async Task<int> RunAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0, mqtt => mqtt.UseConnectionHandler<FramingHandler>()));
        var app = builder.Build();
        await app.StartAsync();
        var bound = new Uri(app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First());
        Console.WriteLine($"ready {bound.Host}:{bound.Port}");
        await app.WaitForShutdownAsync();
        return 0;
    }
}
