namespace FieldNet.Dashboard.Replay;

/// <summary>What a viewer asks of a replay's stream.</summary>
/// <param name="Bed">As in <see cref="Stream.WatchRequest"/>.</param>
/// <param name="Network">As there.</param>
public sealed record ReplayWatchRequest(string Session, string? Bed, bool Network = false);
