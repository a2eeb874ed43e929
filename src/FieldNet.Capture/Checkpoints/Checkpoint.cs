namespace FieldNet.Capture.Checkpoints;

/// <summary>All views' state behind one record: with it, and the records that follow, nothing before it is needed.</summary>
/// <param name="Number">Of the last record in it.</param>
/// <param name="LogTimeUs">That record's log time, UTC microseconds.</param>
/// <param name="Version">Of the agent that took it: another version's replay may give other events (P4).</param>
/// <param name="Parts">A view's state by its name.</param>
public sealed record Checkpoint(long Number, long LogTimeUs, string Version, IReadOnlyDictionary<string, byte[]> Parts);
