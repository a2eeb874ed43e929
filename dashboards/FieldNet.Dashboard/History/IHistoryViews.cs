namespace FieldNet.Dashboard.History;

/// <summary>What the dashboard shows of the past; the host implements it.</summary>
/// <remarks>
/// Threading: any thread, several at a time; each call answers within the time that a page waits.
/// Units: times are UTC on the log's own clock, milliseconds.
/// </remarks>
public interface IHistoryViews
{
    /// <summary>What is kept of a bed.</summary>
    SeriesListDto Series(string bed);

    /// <returns>Null when nothing is kept of that signal at that bed.</returns>
    TrendDto? Trend(TrendRequest request);

    /// <summary>Alarms, incidents and all other events of the processor.</summary>
    EventsDto Events(EventRequest request);

    /// <returns>Null when there is no such waveform at that bed in that span.</returns>
    WavesDto? Waves(WaveRequest request, CancellationToken cancellation);
}
