using FieldNet.Telemetry.Topics;

namespace FieldNet.Telemetry.Records;

/// <summary>A view whose state can be put aside and taken up again, so that a restart need not apply the whole log.</summary>
/// <remarks>
/// Threading: as <see cref="IRecordView.Apply"/>, between records. A view that is none of these starts empty at a checkpoint: it must
/// need only the records behind it.
/// </remarks>
public interface ICheckpointView : IRecordView
{
    /// <summary>Names its part of a checkpoint; never changes.</summary>
    string CheckpointName { get; }

    /// <summary>All of its state after the record applied last, versioned by itself; not empty.</summary>
    byte[] SaveCheckpoint();

    /// <summary>Puts back what <see cref="SaveCheckpoint"/> gave, in place of whatever state it has; nothing makes it as new.</summary>
    /// <param name="saved">From <see cref="SaveCheckpoint"/>, or empty.</param>
    /// <param name="topics">The only table that this log's records are interned in.</param>
    /// <exception cref="InvalidDataException">Of a version that it does not know, or damaged, or something that it needs beside it is gone.</exception>
    void RestoreCheckpoint(ReadOnlySpan<byte> saved, TopicTable topics);
}
