using System.Reactive.Concurrency;
using System.Reactive.Linq;
using FieldNet.Slice.Sources;
using FieldNet.Telemetry.Network;

namespace FieldNet.Slice.Core;

/// <summary>A function of an Open5GS core: its metrics, and where it has them its lists of subscribers, sessions and gNBs.</summary>
/// <param name="server"><c>http://HOST:PORT</c> of its metrics server.</param>
public sealed class Open5gsSource(string name, Open5gsFunction function, Uri server, TimeSpan every) : INetworkSource
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly NetworkSourceKind _kind = function switch
    {
        Open5gsFunction.Amf => NetworkSourceKind.Amf,
        Open5gsFunction.Smf => NetworkSourceKind.Smf,
        Open5gsFunction.Upf => NetworkSourceKind.Upf,
        _ => NetworkSourceKind.Pcf,
    };

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public ReaderCounts Counts { get; } = new();

    /// <inheritdoc/>
    public IObservable<NetworkReport> Reports(IScheduler scheduler) => Observable.Using(
        () => new HttpQuestions(server, Counts),
        http =>
        {
            var lists = new UnchangedLists();
            return new SourceReports(name, _kind, Counts, scheduler)
                .Poll(async cancellation => lists.Without(await AskAsync(http, cancellation).ConfigureAwait(false), scheduler.Now), every, Patience);
        });

    private async Task<NetworkReport> AskAsync(HttpQuestions http, CancellationToken cancellation)
    {
        var page = new MetricsPage(await http.AskAsync("/metrics", cancellation).ConfigureAwait(false), Counts);
        var report = new NetworkReport { Source = name, Kind = _kind };
        switch (function)
        {
            case Open5gsFunction.Amf:
                var (subscribers, subscribersOut) = Kept(await InfoPages.ReadAsync(http, "/ue-info", Open5gsJson.Subscribers, Counts, cancellation).ConfigureAwait(false), ReportLimits.Subscribers);
                var (gnbs, gnbsOut) = Kept(await InfoPages.ReadAsync(http, "/gnb-info", Open5gsJson.Gnbs, Counts, cancellation).ConfigureAwait(false), ReportLimits.Gnbs);
                return report with { Core = Open5gsMetrics.Amf(page), Subscribers = subscribers, Gnbs = gnbs, LeftOut = subscribersOut + gnbsOut is var both and > 0 ? both : null };
            case Open5gsFunction.Smf:
                var (sessions, sessionsOut) = Kept(await InfoPages.ReadAsync(http, "/pdu-info", Open5gsJson.Sessions, Counts, cancellation).ConfigureAwait(false), ReportLimits.Subscribers);
                return report with { Core = Open5gsMetrics.Smf(page), Sessions = sessions, LeftOut = sessionsOut > 0 ? sessionsOut : null };
            case Open5gsFunction.Upf:
                return report with { Core = Open5gsMetrics.Upf(page) };
            default:
                return report with { Measures = Open5gsMetrics.Pcf(page) };
        }
    }

    private static (IReadOnlyList<T>? Kept, int LeftOut) Kept<T>(IReadOnlyList<T>? all, int most) => all is null ? (null, 0) : ReportLimits.Keep(all, most);
}
