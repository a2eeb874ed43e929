namespace FieldNet.Capture.Log;

/// <summary>The small facts of a record's frame. The bits are on disk.</summary>
[Flags]
internal enum FrameFlags : byte
{
    None = 0,

    /// <summary>Bits 0 and 1 are the quality of service.</summary>
    QosMask = 0b11,
    Retain = 0b100,
    Duplicate = 0b1000,

    /// <summary>The topic is not in the dictionary but at the beginning of the body (past the topic table's capacity).</summary>
    InlineTopic = 0b1_0000,
}
