namespace FieldNet.Dashboard.History;

/// <summary>Stands where the host keeps no history.</summary>
internal sealed class NoHistory : IHistoryViews
{
    public SeriesListDto Series(string bed) => new(bed, []);

    public TrendDto? Trend(TrendRequest request) => null;

    public EventsDto Events(EventRequest request) => new([], More: false);

    public WavesDto? Waves(WaveRequest request, CancellationToken cancellation) => null;
}
