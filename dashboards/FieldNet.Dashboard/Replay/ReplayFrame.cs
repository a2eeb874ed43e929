using FieldNet.Dashboard.Stream;

namespace FieldNet.Dashboard.Replay;

/// <summary>One tick of a replay's stream (hub <c>/hub/replay</c>, method <c>Watch</c>), sent every 100 ms also when nothing changed.</summary>
/// <param name="Replay">What it does; the page calls itself frozen when this stops coming.</param>
/// <param name="Ward">As the live stream's, of the capture's time; null while there is nothing to show. A full one behind every jump.</param>
public sealed record ReplayFrame(ReplayDto Replay, WardFrame? Ward);
