namespace FieldNet.Dashboard.Network;

/// <summary>The last synthetic TEST alarm of a ward along its alarm path.</summary>
/// <param name="SentMs">Null: none was sent yet.</param>
public sealed record WatchdogDto(string Ward, long Sequence, double? SentMs, IReadOnlyList<WatchdogHopDto> Hops, bool Missed);
