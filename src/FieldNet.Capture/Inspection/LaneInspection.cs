namespace FieldNet.Capture.Inspection;

/// <summary>What one lane of a log holds; numbers and log times are null in an empty one.</summary>
public sealed record LaneInspection(int Segments, long Bytes, long Records, long? FirstNumber, long? LastNumber, string? First, string? Last);
