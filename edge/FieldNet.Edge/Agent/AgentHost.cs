using System.Net;
using FieldNet.Capture.Log;
using FieldNet.Capture.Sequencing;
using FieldNet.Dashboard;
using FieldNet.Dashboard.Api;
using FieldNet.Dashboard.Feed;
using FieldNet.Dashboard.Health;
using FieldNet.Dashboard.Stream;
using FieldNet.Edge.Verbs;
using FieldNet.Mqtt.Broker;
using FieldNet.Mqtt.Endpoint;
using FieldNet.Telemetry.Ingress;
using FieldNet.Telemetry.Topics;
using FieldNet.Ward;
using FieldNet.Ward.Views;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
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
    private static readonly TimeSpan StallLimit = TimeSpan.FromSeconds(10);

    private readonly WebApplication _app;
    private readonly CaptureLog _log;
    private readonly Sequencer _sequencer;
    private readonly AgentMetrics _metrics;
    private readonly Watchdog _watchdog;
    private readonly EventRelease _release;

    private AgentHost(
        WebApplication app, CaptureLog log, Sequencer sequencer, WardProcessor ward, EventFile events, LiveBeds beds, TimeProvider time)
    {
        (_app, _log, _sequencer, Ward, Events, Beds) = (app, log, sequencer, ward, events, beds);
        _metrics = new AgentMetrics(sequencer, log, ward);
        _watchdog = new Watchdog(sequencer.Beat, StallLimit, time, static () =>
            Environment.FailFast("The ward processor has not moved for 10 s. The agent ends so that its supervisor starts it again."));
        _release = new EventRelease(events, log, time);
        Ended = EndAsync(sequencer.Completion);
    }

    public Uri Http { get; private set; } = null!;

    public Uri Mqtt { get; private set; } = null!;

    public WardProcessor Ward { get; }

    public EventFile Events { get; }

    public LiveBeds Beds { get; }

    public RefusalCounts Refusals => _sequencer.Refusals;

    public WardStream Stream => _app.Services.GetRequiredService<WardStream>();

    public MqttMetrics MqttMetrics => _app.Services.GetRequiredService<MqttMetrics>();

    /// <summary>Ends when the sequencer does.</summary>
    /// <remarks>Errors: <see cref="AgentEndedException"/> when a view threw that can't be put in quarantine, <see cref="Capture.CaptureException"/> when the log could not take a quarantine.</remarks>
    public Task Ended { get; }

    /// <exception cref="EnvironmentFaultException">A port is taken.</exception>
    /// <exception cref="Capture.CaptureException">The data folder can't be used.</exception>
    public static async Task<AgentHost> StartAsync(AgentOptions options, TimeProvider time, CancellationToken cancellation)
    {
        var address = PortCheck.Address(options.Listen);
        PortCheck.RequireFree(address, options.Port, "HTTP", "--port");
        PortCheck.RequireFree(address, options.MqttPort, "MQTT", "--mqtt-port");

        var log = CaptureLog.Open(options.Data, new CaptureLogOptions());
        var events = new EventFile(options.Events ?? Path.Combine(options.Data, "events.jsonl"));
        var sequencer = new Sequencer(log, new TopicTable(), new SequencerOptions { Version = AgentStatus.ProductVersion }, time);
        var ward = new WardProcessor(events);
        var app = Build(options, address, log, sequencer, ward);
        var beds = new LiveBeds(ward, sequencer.Clock, time);
        var host = new AgentHost(app, log, sequencer, ward, events, beds, time);
        try
        {
            var broker = app.Services.GetRequiredService<MqttBroker>();
            broker.Injector = sequencer;
            sequencer.Start([ward, broker, app.Services.GetRequiredService<WardFeed>(), beds]);
            await app.StartAsync(cancellation).ConfigureAwait(false);
            (host.Http, host.Mqtt) = host.Addresses();
            return host;
        }
        catch (Exception failed)
        {
            await host.DisposeAsync().ConfigureAwait(false);
            if (failed is IOException { InnerException: AddressInUseException })
            {
                throw new EnvironmentFaultException($"a port was taken while starting: {failed.Message} Choose others with --port and --mqtt-port.", failed);
            }

            throw;
        }
    }

    /// <inheritdoc cref="Ended" path="/remarks"/>
    public async Task StopAsync()
    {
        await _app.StopAsync().ConfigureAwait(false);
        _sequencer.Stop();
        await _release.DisposeAsync().ConfigureAwait(false);
        await Ended.ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        _watchdog.Dispose();
        await _release.DisposeAsync().ConfigureAwait(false);
        await _app.DisposeAsync().ConfigureAwait(false);
        _sequencer.Dispose();
        _log.Dispose();
        _metrics.Dispose();
        Events.Dispose();
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

    private static WebApplication Build(AgentOptions options, IPAddress address, CaptureLog log, Sequencer sequencer, WardProcessor ward)
    {
        var status = new AgentStatus(log, sequencer.Clock);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace).SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(address, options.Port);
            kestrel.Listen(address, options.MqttPort, mqtt => mqtt.UseConnectionHandler<MqttConnectionHandler>());
        });
        builder.Services
            .AddSingleton<IHostLifetime, NoSignals>()
            .AddSingleton<ILogClock>(sequencer.Clock)
            .AddSingleton<IIngress>(sequencer)
            .AddSingleton<ICommitMark>(log)
            .AddSingleton<IWardViews>(ward)
            .AddSingleton<IAgentStatus>(status)
            .AddSingleton<IHealthSource>(status)
            .AddMqttEndpoint(new MqttEndpointOptions())
            .AddDashboard(dashboard =>
            {
                dashboard.PageFolder = PageFolder.Find();
                if (!IPAddress.IsLoopback(address))
                {
                    dashboard.AllowedHosts.Add("*");
                }
            });
        var app = builder.Build();
        app.MapDashboard();
        return app;
    }

    /// <summary>The ports really bound, in the order in which the listeners were configured.</summary>
    private (Uri Http, Uri Mqtt) Addresses()
    {
        var bound = _app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Select(each => new Uri(each)).ToArray();
        return (bound[0], new UriBuilder(bound[1]) { Scheme = "mqtt" }.Uri);
    }
}
