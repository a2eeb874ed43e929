using System.Diagnostics.Metrics;
using System.Net;
using FieldNet.Mqtt.Broker;
using FieldNet.Mqtt.Client;
using FieldNet.Mqtt.Endpoint;
using FieldNet.Mqtt.Packets;
using FieldNet.Mqtt.Transport;
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

/// <summary>The endpoint on loopback ports, over an <see cref="InMemoryIngress"/>: plain TCP as the agent serves it, and all that Kestrel serves.</summary>
internal sealed class EndpointHost : IAsyncDisposable
{
    private static readonly Lazy<TlsCertificate> OwnCertificate = new(() =>
        TlsCertificate.LoadOrCreate(Path.Combine(Directory.CreateTempSubdirectory("fieldnet-tls-").FullName, "mqtts.pem"), [], TimeProvider.System));

    private readonly WebApplication _app;
    private readonly EpollTransport? _tcp;

    private EndpointHost(WebApplication app, EpollTransport? tcp, InMemoryIngress ingress)
    {
        _app = app;
        _tcp = tcp;
        Ingress = ingress;
        int[] ports = [.. app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(address => new Uri(address).Port)];
        WebSocket = new Uri($"ws://127.0.0.1:{ports[0]}/mqtt");
        TlsPort = ports[1];
        Port = tcp?.LocalEndPoint.Port ?? ports[2];
    }

    public InMemoryIngress Ingress { get; }

    public int Port { get; }

    public int TlsPort { get; }

    public Uri WebSocket { get; }

    public static TlsCertificate Certificate => OwnCertificate.Value;

    public MqttEndpoint Endpoint => _app.Services.GetRequiredService<MqttEndpoint>();

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
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseMqttTls(Certificate));
            if (!EpollTransport.IsSupported)
            {
                kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseConnectionHandler<MqttConnectionHandler>());
            }
        });
        var app = builder.Build();
        app.MapMqttWebSocket("/mqtt");
        var ingress = app.Services.GetRequiredService<InMemoryIngress>();
        var broker = app.Services.GetRequiredService<MqttBroker>();
        ingress.Views.AddRange(viewsBefore);
        ingress.Views.Add(broker);
        broker.Injector = ingress;
        await app.StartAsync();
        var tcp = EpollTransport.IsSupported ? EpollTransport.Start(new IPEndPoint(IPAddress.Loopback, 0), app.Services.GetRequiredService<MqttEndpoint>()) : null;
        return new EndpointHost(app, tcp, ingress);
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
        Endpoint.EndAll();
        if (_tcp is not null)
        {
            await _tcp.StopAsync(patience.Token);
            await _tcp.DisposeAsync();
        }

        await _app.StopAsync(patience.Token);
        await _app.DisposeAsync();
    }
}
