namespace FieldNet.Capture.Disk;

/// <summary>The one folder that a log lives in, as far as durability goes.</summary>
/// <remarks>
/// Names are plain file names. Nothing is durable before <see cref="IDiskFile.Sync"/>; no name is before <see cref="SyncDirectory"/>.
/// Errors: <see cref="IOException"/> whose <see cref="Exception.HResult"/> is the errno (28 = no space). Threading: any thread.
/// </remarks>
public interface IDisk
{
    /// <summary>Keeps every other agent out until disposed.</summary>
    /// <exception cref="CaptureException">In use, or not writable.</exception>
    IDisposable Lock();

    IReadOnlyList<string> List();

    /// <summary>A new, empty file; fails if the name is taken.</summary>
    IDiskFile Create(string name);

    IDiskFile OpenRead(string name);

    /// <summary>Cuts a file to its length and makes that, and what is before it, durable.</summary>
    void Truncate(string name, long length);

    void Delete(string name);

    /// <summary>Gives a file another name, in place of whatever had it.</summary>
    void Replace(string name, string newName);

    long LengthOf(string name);

    /// <summary>Of the file system that the folder lies on.</summary>
    DiskSpace Space { get; }

    /// <summary>Makes created and deleted names durable.</summary>
    void SyncDirectory();
}
