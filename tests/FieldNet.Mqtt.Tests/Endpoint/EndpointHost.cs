using System.Diagnostics.Metrics;
using System.Net;
using FieldNet.Mqtt.Broker;
using FieldNet.Mqtt.Client;
using FieldNet.Mqtt.Endpoint;
using FieldNet.Mqtt.Packets;
using FieldNet.Telemetry.Ingress;
using FieldNet.Telemetry.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FieldNet.Mqtt.Tests.Endpoint;

/// <summary>The endpoint on a real Kestrel and a loopback port, over an <see cref="InMemoryIngress"/>.</summary>
internal sealed class EndpointHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private EndpointHost(WebApplication app, InMemoryIngress ingress, int port)
    {
        _app = app;
        Ingress = ingress;
        Port = port;
    }

    public InMemoryIngress Ingress { get; }

    public int Port { get; }

    public IMeterFactory Meters => _app.Services.GetRequiredService<IMeterFactory>();

    public static async Task<EndpointHost> StartAsync(MqttEndpointOptions? options = null, TimeProvider? time = null, IMqttPolicy? policy = null, params IEnumerable<IRecordView> viewsBefore)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(time ?? TimeProvider.System);
        builder.Services.AddSingleton<InMemoryIngress>();
        builder.Services.AddSingleton<IIngress>(services => services.GetRequiredService<InMemoryIngress>());
        builder.Services.AddSingleton<ICommitMark>(services => services.GetRequiredService<InMemoryIngress>());
        builder.Services.AddSingleton(policy ?? new OpenMqttPolicy());
        builder.Services.AddMqttEndpoint(options ?? new MqttEndpointOptions());
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseConnectionHandler<MqttConnectionHandler>()));
        var app = builder.Build();
        var ingress = app.Services.GetRequiredService<InMemoryIngress>();
        var broker = app.Services.GetRequiredService<MqttBroker>();
        ingress.Views.AddRange(viewsBefore);
        ingress.Views.Add(broker);
        broker.Injector = ingress;
        await app.StartAsync();
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return new EndpointHost(app, ingress, new Uri(address).Port);
    }

    public Task<MqttClient> ConnectAsync(string clientId, MqttProtocolVersion version = MqttProtocolVersion.V5, MqttWill? will = null, bool cleanStart = true, TimeSpan sessionExpiry = default) =>
        MqttClient.ConnectAsync("127.0.0.1", Port, new MqttClientOptions
        {
            ClientId = clientId,
            ProtocolVersion = version,
            Will = will,
            CleanStart = cleanStart,
            SessionExpiry = sessionExpiry,
        });

    public Task<RawPeer> OpenAsync() => RawPeer.OpenAsync(Port);

    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        await _app.StopAsync(patience.Token);
        await _app.DisposeAsync();
    }
}
