namespace FieldNet.Dashboard.Replay;

/// <summary>What the capture holds, as far as it has been looked through.</summary>
/// <param name="ThroughMs">How far that is.</param>
/// <param name="Complete">Whether that is the end.</param>
/// <param name="Omitted">Episodes left out because there are too many: the least severe first.</param>
public sealed record ReplayTimelineDto(double ThroughMs, bool Complete, int Omitted, IReadOnlyList<ReplayMarkDto> Marks);
