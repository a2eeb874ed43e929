namespace FieldNet.Capture.Wfdb;

/// <summary>One segment line of a multi-segment header.</summary>
/// <param name="Record">Name of the segment's own record; <c>~</c> is a gap.</param>
public readonly record struct WfdbSegment(string Record, long Frames);
