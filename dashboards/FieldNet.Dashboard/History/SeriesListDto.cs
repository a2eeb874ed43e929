namespace FieldNet.Dashboard.History;

/// <summary>Answer of <c>/api/history/series</c>.</summary>
/// <param name="Bed">As asked.</param>
/// <param name="Series">By device, then by signal; empty when the bed is unknown.</param>
public sealed record SeriesListDto(string Bed, IReadOnlyList<SeriesDto> Series);
