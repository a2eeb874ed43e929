namespace FieldNet.Capture.Inspection;

/// <summary>A checkpoint that can be read.</summary>
/// <param name="Number">Of the record behind which it was taken.</param>
/// <param name="LogTime">That record's, ISO 8601.</param>
/// <param name="Version">Of the agent that took it.</param>
/// <param name="Parts">Bytes of each view's state.</param>
public sealed record CheckpointInspection(long Number, string LogTime, string Version, IReadOnlyDictionary<string, int> Parts);
