using FieldNet.Capture.Disk;

namespace FieldNet.Benchmarks.Capture;

/// <summary>A disk that takes everything and keeps nothing: what is left is our own work.</summary>
internal sealed class NullDisk : IDisk, IDiskFile
{
    public long Length => 0;

    public IDisposable Lock() => this;

    public IReadOnlyList<string> List() => [];

    public IDiskFile Create(string name) => this;

    public IDiskFile OpenRead(string name) => this;

    public void Truncate(string name, long length)
    {
    }

    public void Delete(string name)
    {
    }

    public void Replace(string name, string newName)
    {
    }

    public long LengthOf(string name) => 0;

    public DiskSpace Space => new(0, long.MaxValue);

    public void Allocate(long bytes)
    {
    }

    public void SyncDirectory()
    {
    }

    public int Read(Span<byte> into, long offset) => 0;

    public void Write(ReadOnlySpan<byte> bytes, long offset)
    {
    }

    public void Sync()
    {
    }

    public void Dispose()
    {
    }
}
