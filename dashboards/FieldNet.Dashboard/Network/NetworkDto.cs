namespace FieldNet.Dashboard.Network;

/// <summary>The network page's content (<c>/api/network</c>, and the stream for who asks for it), taken from the processor once a second.</summary>
/// <remarks>Units: times are UTC milliseconds of log time. Null is unknown, never 0.</remarks>
/// <param name="Record">Number of the last record applied; 0 before the first.</param>
public sealed record NetworkDto(
    long Record, double LogTimeMs, IReadOnlyList<SourceDto> Sources, IReadOnlyList<PathDto> Paths, IReadOnlyList<IncidentDto> Incidents,
    IReadOnlyList<WatchdogDto> Watchdogs);
