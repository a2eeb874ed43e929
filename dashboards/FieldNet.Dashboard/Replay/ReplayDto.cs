namespace FieldNet.Dashboard.Replay;

/// <summary>What a replay does now.</summary>
/// <remarks>Units: times are UTC milliseconds of the capture's log time.</remarks>
/// <param name="State"><c>seeking playing paused ended failed</c>; <c>ended</c> stands at the capture's end.</param>
/// <param name="Playing">Whether it plays, or will once it has found its place.</param>
/// <param name="Speed">Multiple of real time; 0 is as fast as it goes.</param>
/// <param name="PositionMs">Where it is; while seeking, where it goes.</param>
/// <param name="Progress">Of the seeking, 0 to 1.</param>
/// <param name="Failure">A sentence, or empty.</param>
public sealed record ReplayDto(
    string Session, string Capture, string State, bool Playing, double Speed, double FirstMs, double LastMs, double PositionMs, double Progress, string Failure);
