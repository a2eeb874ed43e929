namespace FieldNet.Dashboard.Api;

/// <summary>Answer of <c>/api/agent</c>: the agent about itself.</summary>
/// <param name="Record">Number of the last record applied.</param>
/// <param name="Viewers">How many screens watch now.</param>
/// <param name="Counters">Every counter since the start, by its name at <c>/metrics</c>, summed over its labels.</param>
/// <param name="Refused">What was refused, by reason.</param>
public sealed record AgentReport(
    string Version, string Mode, double StartedMs, IReadOnlyList<string> Faults, long Record, int Viewers, StreamLatencyDto? PublishToStream,
    IReadOnlyDictionary<string, double> Counters, IReadOnlyDictionary<string, double> Refused);
