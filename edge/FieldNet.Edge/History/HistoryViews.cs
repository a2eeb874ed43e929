using System.Text.Json;
using FieldNet.Dashboard.History;
using FieldNet.History.Events;
using FieldNet.History.Trends;

namespace FieldNet.Edge.History;

/// <summary>The history as the dashboard asks for it.</summary>
internal sealed class HistoryViews(HistoryService service, WaveLookBack waves) : IHistoryViews
{
    private const long UsPerMs = 1000;

    /// <inheritdoc/>
    public SeriesListDto Series(string bed) => new(bed, service.Open is not { } open ? [] :
    [
        .. open.Trends.SeriesOf(bed).Select(each => new SeriesDto(
            each.Series.Device, each.Series.Signal.Id, each.Series.Signal.Unit, each.Series.Signal.LabelEn, each.Series.Signal.LabelFr,
            each.Series.Signal.Decimals, each.FirstUs / UsPerMs, each.LastUs / UsPerMs)),
    ]);

    /// <inheritdoc/>
    public TrendDto? Trend(TrendRequest request)
    {
        var query = new TrendQuery(request.Bed, request.Device, request.Signal, request.FromMs * UsPerMs, request.ToMs * UsPerMs, request.Points);
        if (service.Open?.Trends.Read(query) is not { } trend)
        {
            return null;
        }

        var (buckets, signal) = (trend.Buckets, trend.Series.Signal);
        return new TrendDto(
            request.Bed, trend.Series.Device, signal.Id, signal.Unit, signal.Decimals, request.FromMs, request.ToMs,
            trend.Resolution.Seconds * 1000L, trend.BucketUs / UsPerMs, trend.GapUs / UsPerMs,
            [.. buckets.Select(bucket => bucket.TimeUs / UsPerMs)], [.. buckets.Select(bucket => bucket.Count)],
            [.. buckets.Select(bucket => bucket.Min)], [.. buckets.Select(bucket => Math.Round(bucket.Mean, signal.Decimals + 2))],
            [.. buckets.Select(bucket => bucket.Max)], [.. Enumerable.Range(0, buckets.Count).Where(at => buckets[at].IsLate)]);
    }

    /// <inheritdoc/>
    public EventsDto Events(EventRequest request)
    {
        if (service.Open is not { } open)
        {
            return new([], More: false);
        }

        // One more than asked for tells whether there are more.
        var lines = open.Events.Read(new EventQuery(
            request.Bed, request.Kind, request.FromMs * UsPerMs, request.ToMs * UsPerMs, request.Before, request.Limit + 1));
        var more = lines.Count > request.Limit;
        return new([.. lines.Skip(more ? 1 : 0).Select(line => JsonElement.Parse(line))], more);
    }

    /// <inheritdoc/>
    public WavesDto? Waves(WaveRequest request, CancellationToken cancellation) => waves.Read(request, cancellation);
}
