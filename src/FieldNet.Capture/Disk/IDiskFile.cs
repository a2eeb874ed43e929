namespace FieldNet.Capture.Disk;

/// <summary>One open file of an <see cref="IDisk"/>.</summary>
/// <remarks>Errors: after a failed <see cref="Sync"/> the file must not be written again: what it holds is unknown.</remarks>
public interface IDiskFile : IDisposable
{
    long Length { get; }

    /// <returns>How many bytes were read: fewer than asked only at the end of the file.</returns>
    int Read(Span<byte> into, long offset);

    void Write(ReadOnlySpan<byte> bytes, long offset);

    /// <summary>Makes the file that long, its blocks taken: writing there later needs no more room.</summary>
    void Allocate(long bytes);

    /// <summary>Returns once everything flushed so far is on the medium.</summary>
    void Sync();
}
