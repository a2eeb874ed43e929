using System.Diagnostics.Metrics;

namespace FieldNet.Edge.History;

/// <summary>The history's own numbers at <c>/metrics</c> (docs/operations.md).</summary>
internal sealed class HistoryMetrics : IDisposable
{
    private readonly Meter _meter = new("FieldNet.History");

    public HistoryMetrics(OpenHistory open)
    {
        _meter.CreateObservableCounter("fieldnet.history.read", () => open.Feed.Read, "{record}", "Number of the last record of the log that the history has seen");
        _meter.CreateObservableCounter("fieldnet.history.through", () => open.Keeper.Through, "{record}", "Number of the last record whose numbers are in blocks");
        _meter.CreateObservableCounter("fieldnet.history.values", () => open.Keeper.Kept, "{value}", "Values put into blocks since the start");
        _meter.CreateObservableCounter("fieldnet.history.too_old", () => open.Keeper.TooOld, "{value}", "Values that came for a time of which nothing is kept any more");
        _meter.CreateObservableCounter("fieldnet.history.damaged", () => open.Trends.Damaged, "{block}", "Blocks that could not be read");
    }

    public void Dispose() => _meter.Dispose();
}
