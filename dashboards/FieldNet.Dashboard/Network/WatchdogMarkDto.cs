namespace FieldNet.Dashboard.Network;

/// <summary>The newest TEST alarm of a ward's watchdog: a wall that has drawn the frame with it says so by the hub's <c>Seen</c>, and shows nothing.</summary>
public sealed record WatchdogMarkDto(string Ward, long Sequence);
