using System.Reactive.Concurrency;
using System.Reactive.Linq;
using FieldNet.Slice.Sources;
using FieldNet.Telemetry.Ingress;
using Microsoft.Extensions.Hosting;

namespace FieldNet.Edge.Network;

/// <summary>Reads the site's sources of the 5G side into the log, as long as the agent runs.</summary>
/// <remarks>Threading: each source on its own; into the log one report at a time. Errors: none ends it; a source that can't be read says so in its reports.</remarks>
internal sealed class NetworkService(IReadOnlyList<NetworkSourceOptions> sources, IIngress ingress, IScheduler scheduler) : IHostedService, IDisposable
{
    private readonly IReadOnlyList<INetworkSource> _sources = [.. sources.Select(source => source.Open())];
    private ReportLane? _lane;
    private NetworkMetrics? _metrics;
    private IDisposable? _reading;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _lane = new ReportLane(ingress);
        _metrics = new NetworkMetrics(_sources, _lane);
        _reading = Observable.Merge(_sources.Select(source => source.Reports(scheduler).SubscribeOn(scheduler))).Subscribe(_lane.Post);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _reading?.Dispose();
        _metrics?.Dispose();
        _lane?.Dispose();
        (_reading, _metrics, _lane) = (null, null, null);
    }
}
