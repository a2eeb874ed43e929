namespace FieldNet.Capture.Log;

/// <summary>A segment that is complete: a later one of its lane has begun.</summary>
/// <param name="First">Its records are numbered from here.</param>
/// <param name="Through">And no higher than this.</param>
/// <param name="UntilUs">Log time of none of them is later.</param>
internal readonly record struct StoredSegment(SegmentName Name, long First, long Through, long UntilUs, long Bytes);
