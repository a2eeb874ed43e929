using System.Diagnostics.Metrics;
using FieldNet.Slice.Sources;

namespace FieldNet.Edge.Network;

/// <summary>How the reading of the 5G side goes, at <c>/metrics</c> (docs/operations.md). Names of sources are those of the site file.</summary>
internal sealed class NetworkMetrics : IDisposable
{
    private readonly Meter _meter = new("FieldNet.Network");

    public NetworkMetrics(IReadOnlyList<INetworkSource> sources, ReportLane lane)
    {
        _meter.CreateObservableCounter("fieldnet.network.answers", () => Each(sources, counts => counts.Answers), "{answer}", "Reports in which a source was reached, by source");
        _meter.CreateObservableCounter("fieldnet.network.failures", () => Each(sources, counts => counts.Failures), "{failure}", "Times that a source could not be reached or understood, by source");
        _meter.CreateObservableCounter("fieldnet.network.malformed", () => Each(sources, counts => counts.Malformed), "{frame}", "Frames, lines and lists that could not be read, by source");
        _meter.CreateObservableCounter("fieldnet.network.too_large", () => Each(sources, counts => counts.TooLarge), "{frame}", "Frames and answers over the size limit, by source");
        _meter.CreateObservableCounter("fieldnet.network.dropped", () => lane.Dropped, "{report}", "Reports that found no room on their way into the log");
    }

    public void Dispose() => _meter.Dispose();

    private static IEnumerable<Measurement<long>> Each(IReadOnlyList<INetworkSource> sources, Func<ReaderCounts, long> count) =>
        sources.Select(source => new Measurement<long>(count(source.Counts), new KeyValuePair<string, object?>("source", source.Name)));
}
