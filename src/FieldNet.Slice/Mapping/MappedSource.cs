using System.Reactive.Concurrency;
using System.Reactive.Linq;
using FieldNet.Slice.Core;
using FieldNet.Slice.Sources;
using FieldNet.Telemetry.Network;

namespace FieldNet.Slice.Mapping;

/// <summary>Any Prometheus endpoint, read by a mapping.</summary>
/// <param name="page">Address of its metrics page.</param>
/// <param name="kind">What it is, as far as the mapping says.</param>
public sealed class MappedSource(string name, NetworkSourceKind kind, Uri page, IReadOnlyList<MappingRule> rules, TimeSpan every) : INetworkSource
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public ReaderCounts Counts { get; } = new();

    /// <inheritdoc/>
    public IObservable<NetworkReport> Reports(IScheduler scheduler) => Observable.Using(
        () => new HttpQuestions(page, Counts),
        http => new SourceReports(name, kind, Counts, scheduler).Poll(
            async cancellation => MappedReport.Of(name, kind, rules, new MetricsPage(await http.AskAsync(page.PathAndQuery, cancellation).ConfigureAwait(false), Counts)),
            every,
            Patience));
}
