using System.Net;
using System.Net.Sockets;
using FieldNet.Capture.Log;
using FieldNet.Capture.Sequencing;
using FieldNet.Dashboard;
using FieldNet.Dashboard.Api;
using FieldNet.Dashboard.Feed;
using FieldNet.Dashboard.Health;
using FieldNet.Dashboard.Stream;
using FieldNet.Edge.ExternalBroker;
using FieldNet.Edge.History;
using FieldNet.Edge.Network;
using FieldNet.Edge.ReplayDeck;
using FieldNet.Edge.Verbs;
using FieldNet.Mqtt.Broker;
using FieldNet.Mqtt.Endpoint;
using FieldNet.Mqtt.Transport;
using FieldNet.Telemetry.Ingress;
using FieldNet.Telemetry.Network;
using FieldNet.Telemetry.Records;
using FieldNet.Telemetry.Topics;
using FieldNet.Ward;
using FieldNet.Ward.Views;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FieldNet.Edge.Agent;

/// <summary>The agent put together: log, sequencer, ward, MQTT endpoint and dashboard in one process.</summary>
/// <remarks>
/// Lifetime: <see cref="StartAsync"/> replays the log before anything may connect; <see cref="StopAsync"/> ends in the order in
/// which data flow: connections, sequencer (which writes the stop record), last commit, last events.
/// </remarks>
internal sealed class AgentHost : IAsyncDisposable
{
    /// <summary>What Kestrel reads ahead of a connection that takes nothing; its own preset of 1 MiB is meant for fewer.</summary>
    private const int MaxReadBytes = 64 * 1024;

    private static readonly TimeSpan StallLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ClosePatience = TimeSpan.FromSeconds(5);

    private readonly WebApplication _app;
    private readonly CaptureLog _log;
    private readonly Sequencer _sequencer;
    private readonly AgentMetrics _metrics;
    private readonly Watchdog _watchdog;
    private readonly TimeProvider _time;
    private readonly AgentEvents _events;
    private readonly EventRelease _release;
    private readonly SelfWatch _self;
    private EpollTransport? _tcp;
    private ProbeService? _probes;

    private AgentHost(
        WebApplication app, CaptureLog log, Sequencer sequencer, WardProcessor ward, AgentEvents events, LiveBeds beds, SelfWatch self,
        TimeProvider time)
    {
        (_app, _log, _sequencer, Ward, _events, Beds, _self, _time) = (app, log, sequencer, ward, events, beds, self, time);
        _metrics = new AgentMetrics(sequencer, log, ward);
        _watchdog = new Watchdog(sequencer.Beat, StallLimit, time, static () =>
            Environment.FailFast("The ward processor has not moved for 10 s. The agent ends so that its supervisor starts it again."));
        _release = new EventRelease(events, log, time);
        Ended = EndAsync(sequencer.Completion);
    }

    public Uri Http { get; private set; } = null!;

    public Uri Mqtt { get; private set; } = null!;

    /// <summary>MQTT over TLS; null without it.</summary>
    public Uri? Mqtts { get; private set; }

    /// <summary>SHA-256 of the certificate that <see cref="Mqtts"/> shows.</summary>
    public string? Fingerprint { get; private set; }

    /// <summary>What scripts wait for (docs/protocol.md).</summary>
    public string ReadyLine => $"ready http={Http} mqtt={Mqtt}{(Mqtts is null ? "" : $" mqtts={Mqtts}")}";

    public WardProcessor Ward { get; }

    public EventFile Events => _events.File;

    public LiveBeds Beds { get; }

    /// <summary>The end of the alarm path, for screens.</summary>
    public IAlarmPathWitness Witness => _self.Witness;

    public RefusalCounts Refusals => _sequencer.Refusals;

    public WardStream Stream => _app.Services.GetRequiredService<WardStream>();

    /// <summary>To clients of our own endpoint, or to the broker that we listen to.</summary>
    public long AcknowledgementsSent => _app.Services.GetService<BrokerLink>() is { } link
        ? link.Counts.AcknowledgementsSent
        : _app.Services.GetRequiredService<MqttMetrics>().AcknowledgementsSent;

    private MqttEndpoint Endpoint => _app.Services.GetRequiredService<MqttEndpoint>();

    /// <summary>Ends when the sequencer does.</summary>
    /// <remarks>Errors: <see cref="AgentEndedException"/> when a view threw that can't be put in quarantine, <see cref="Capture.CaptureException"/> when the log could not take a quarantine.</remarks>
    public Task Ended { get; }

    /// <exception cref="EnvironmentFaultException">A port is taken.</exception>
    /// <exception cref="Capture.CaptureException">The data folder can't be used.</exception>
    public static async Task<AgentHost> StartAsync(AgentOptions options, TimeProvider time, CancellationToken cancellation)
    {
        var address = PortCheck.Address(options.Listen);
        PortCheck.RequireFree(address, options.Port, "HTTP", "--port");
        if (options.Broker is null)
        {
            PortCheck.RequireFree(address, options.MqttPort, "MQTT", "--mqtt-port");
            PortCheck.RequireFree(address, options.MqttsPort ?? 0, "MQTT over TLS", "--mqtts-port");
        }

        var log = CaptureLog.Open(options.Data, options.Log);
        var events = new AgentEvents(options.Data, options.Events);
        var sequencer = new Sequencer(log, new TopicTable(), new SequencerOptions { Version = AgentStatus.ProductVersion, Settings = WardSettings.ToJson(options.Ward) }, time);
        var ward = new WardProcessor(events);
        var certificate = options.MqttsPort is null || options.Broker is not null ? null : AgentCertificate.Load(options, address, time);
        var self = new SelfWatch(ward, sequencer, time);
        var app = Build(options, address, certificate, log, sequencer, ward, self, time);
        var beds = new LiveBeds(ward, sequencer.Clock, time);
        var host = new AgentHost(app, log, sequencer, ward, events, beds, self, time);
        try
        {
            // The events last: taking a checkpoint cuts their file, so none that another view still refuses may come to them.
            sequencer.Start([ward, host.MqttView(sequencer), app.Services.GetRequiredService<WardFeed>(), beds, .. self.Views, events]);
            await app.StartAsync(cancellation).ConfigureAwait(false);
            host._tcp = options.Broker is null && EpollTransport.IsSupported
                ? EpollTransport.Start(new IPEndPoint(address, options.MqttPort), host.Endpoint)
                : null;
            host.NameAddresses(options, certificate);
            app.Services.GetService<BrokerLink>()?.Start();
            host._probes = new ProbeService(options.Probes, options.Reflector, self.Records, time);
            self.Start(options, host.Mqtt, host._tcp, app.Services.GetService<MqttMetrics>());
            return host;
        }
        catch (Exception failed)
        {
            await host.DisposeAsync().ConfigureAwait(false);
            if (failed is IOException { InnerException: AddressInUseException } or SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse })
            {
                throw new EnvironmentFaultException($"a port was taken while starting: {failed.Message} Choose others with --port, --mqtt-port and --mqtts-port.", failed);
            }

            throw;
        }
    }

    /// <inheritdoc cref="Ended" path="/remarks"/>
    public async Task StopAsync()
    {
        await StopProbesAsync().ConfigureAwait(false);
        await _self.StopAsync().ConfigureAwait(false);
        if (_app.Services.GetService<BrokerLink>() is { } link)
        {
            await link.StopAsync().ConfigureAwait(false);
        }

        _app.Services.GetService<MqttEndpoint>()?.EndAll();
        if (_tcp is { } tcp)
        {
            using var patience = new CancellationTokenSource(ClosePatience, _time);
            await tcp.StopAsync(patience.Token).ConfigureAwait(false);
        }

        await _app.StopAsync().ConfigureAwait(false);
        _sequencer.Stop();
        await _release.DisposeAsync().ConfigureAwait(false);
        await Ended.ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        _watchdog.Dispose();
        await StopProbesAsync().ConfigureAwait(false);
        await _self.DisposeAsync().ConfigureAwait(false);
        await _release.DisposeAsync().ConfigureAwait(false);
        if (_tcp is { } tcp)
        {
            await tcp.DisposeAsync().ConfigureAwait(false);
        }

        await _app.DisposeAsync().ConfigureAwait(false);
        _sequencer.Dispose();
        _log.Dispose();
        _metrics.Dispose();
        _events.Dispose();
    }

    private async ValueTask StopProbesAsync()
    {
        if (_probes is { } probes)
        {
            _probes = null;
            await probes.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>The sequencer's end, with its fault in words for whoever runs the agent.</summary>
    internal static async Task EndAsync(Task completion)
    {
        try
        {
            await completion.ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is not Capture.CaptureException)
        {
            throw new AgentEndedException(fault);
        }
    }

    private static WebApplication Build(
        AgentOptions options, IPAddress address, TlsCertificate? certificate, CaptureLog log, Sequencer sequencer, WardProcessor ward, SelfWatch self,
        TimeProvider time)
    {
        var status = new AgentStatus(log, sequencer.Clock);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace).SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(address, options.Port);
            if (certificate is not null)
            {
                kestrel.Listen(address, options.MqttsPort!.Value, mqtts => mqtts.UseMqttTls(certificate));
            }

            if (options.Broker is null && !EpollTransport.IsSupported)
            {
                kestrel.Listen(address, options.MqttPort, mqtt => mqtt.UseConnectionHandler<MqttConnectionHandler>());
            }
        });
        builder.WebHost.UseSockets(sockets =>
        {
            sockets.MaxReadBufferSize = MaxReadBytes;
            sockets.CreateBoundListenSocket = static endpoint =>
            {
                var listener = SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint);
                DeadPeerProbe.Set(listener, new EpollOptions().DeadPeerTimeout);
                return listener;
            };
        });
        builder.Services
            .AddSingleton<IHostLifetime, NoSignals>()
            .AddSingleton<ILogClock>(sequencer.Clock)
            .AddSingleton<IIngress>(sequencer)
            .AddSingleton<ICommitMark>(log)
            .AddSingleton<IWardViews>(ward)
            .AddSingleton(ward.Waves)
            .AddSingleton(self.Witness)
            .AddSingleton<IAgentStatus>(status)
            .AddSingleton<IHealthSource>(status)
            .AddReplayDeck(options)
            .AddMqtt(options.Broker)
            .AddNetworkSources(options.Sources)
            .AddHistory(options.Data, log, time)
            .AddInflux(options.Influx, options.Data, log, sequencer.Clock, time)
            .AddDashboard(dashboard =>
            {
                dashboard.PageFolder = PageFolder.Find();
                dashboard.AllowedOrigins.AddRange(options.AllowedOrigins);
                if (!IPAddress.IsLoopback(address))
                {
                    dashboard.AllowedHosts.Add("*");
                }
            });
        var app = builder.Build();
        app.MapDashboard();
        // Behind the dashboard's guards: a WebSocket is open to other sites' pages, were it not for them.
        if (options.Broker is null)
        {
            app.MapMqttWebSocket("/mqtt");
        }

        return app;
    }

    /// <summary>What follows MQTT in the log: the state of our own broker, or what another's has sent us.</summary>
    private IRecordView MqttView(IRecordInjector injector)
    {
        if (_app.Services.GetService<ReceivedMessages>() is { } received)
        {
            return received;
        }

        var broker = _app.Services.GetRequiredService<MqttBroker>();
        broker.Injector = injector;
        return broker;
    }

    /// <summary>The ports really bound, in the order in which the listeners were configured; of another's broker, its own address.</summary>
    private void NameAddresses(AgentOptions options, TlsCertificate? certificate)
    {
        var bound = _app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Select(each => new Uri(each)).ToList();
        Http = bound[0];
        Mqtt = options.Broker?.Server.Uri ?? new UriBuilder(bound[^1]) { Scheme = "mqtt", Port = _tcp?.LocalEndPoint.Port ?? bound[^1].Port }.Uri;
        Mqtts = certificate is null ? null : new UriBuilder(bound[1]) { Scheme = "mqtts" }.Uri;
        Fingerprint = certificate?.Fingerprint;
    }
}
