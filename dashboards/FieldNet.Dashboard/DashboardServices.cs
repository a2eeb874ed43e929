using System.Reactive.Concurrency;
using FieldNet.Dashboard.Api;
using FieldNet.Dashboard.Feed;
using FieldNet.Dashboard.Health;
using FieldNet.Dashboard.History;
using FieldNet.Dashboard.Metrics;
using FieldNet.Dashboard.Network;
using FieldNet.Dashboard.Replay;
using FieldNet.Dashboard.Stream;
using FieldNet.Telemetry.Ingress;
using FieldNet.Telemetry.Network;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace FieldNet.Dashboard;

/// <summary>Registers the dashboard.</summary>
public static class DashboardServices
{
    /// <summary>Largest message that a page may send; all that it ever sends is a <see cref="WatchRequest"/> and receipts.</summary>
    private const int MaxReceivedBytes = 4096;

    /// <summary>
    /// Adds all that <see cref="DashboardEndpoints.MapDashboard"/> serves. The host adds <see cref="FieldNet.Ward.Views.IWardViews"/>,
    /// <see cref="ILogClock"/>, <see cref="IAgentStatus"/>, any <see cref="IHealthSource"/>, an <see cref="IHistoryViews"/> where it keeps a history,
    /// an <see cref="IReplayDeck"/> where it has captures, an <see cref="IAlarmPathWitness"/> where a watchdog runs, and gives <see cref="WardFeed"/> to the sequencer as a view.
    /// </summary>
    public static IServiceCollection AddDashboard(this IServiceCollection services, Action<DashboardOptions>? configure = null)
    {
        services.AddOptions<DashboardOptions>().Configure(configure ?? (_ => { })).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<DashboardOptions>, DashboardOptionsValidator>());
        services.AddOptions<HostFilteringOptions>()
            .Configure<IOptions<DashboardOptions>>((filter, options) => filter.AllowedHosts = options.Value.AllowedHosts);

        services.TryAddSingleton<IHistoryViews, NoHistory>();
        services.TryAddSingleton<IScheduler>(TaskPoolScheduler.Default);
        services.AddSingleton<DashboardMetrics>();
        services.AddSingleton<MetricRegistry>();
        services.AddSingleton<WardFeed>();
        services.AddSingleton<WardBroadcaster>();
        services.AddSingleton(provider => new WardStream(
            provider.GetRequiredService<WardFeed>(), provider.GetRequiredService<WardBroadcaster>(), provider.GetRequiredService<ILogClock>(),
            provider.GetRequiredService<DashboardMetrics>(), provider.GetRequiredService<IOptions<DashboardOptions>>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHealthSource, FeedHealth>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IReplayDeck, NoReplayDeck>();
        services.TryAddSingleton<IAlarmPathWitness, NoWitness>();
        services.AddSingleton<AlarmPathReceipts>();
        services.AddSingleton<ReplayStream>();

        services.AddProblemDetails();
        services.AddOpenApi();
        services.ConfigureHttpJsonOptions(options => DashboardJson.Configure(options.SerializerOptions));
        services.AddSignalR(hub =>
            {
                // A page calls itself frozen after 5 s: it must hear of a quiet but whole connection well before.
                hub.KeepAliveInterval = TimeSpan.FromSeconds(2);
                hub.MaximumReceiveMessageSize = MaxReceivedBytes;
            })
            .AddJsonProtocol(protocol => DashboardJson.Configure(protocol.PayloadSerializerOptions));
        return services;
    }
}
