using FieldNet.Capture.Disk;

namespace FieldNet.Capture.Tests.Log;

/// <summary>A disk whose listing is always the first one: what has gone since is still named.</summary>
internal sealed class StaleListing(IDisk disk) : IDisk
{
    private readonly IReadOnlyList<string> _names = disk.List();

    public DiskSpace Space => disk.Space;

    public IDisposable Lock() => disk.Lock();

    public IReadOnlyList<string> List() => _names;

    public IDiskFile Create(string name) => disk.Create(name);

    public IDiskFile OpenRead(string name) => disk.OpenRead(name);

    public void Truncate(string name, long length) => disk.Truncate(name, length);

    public void Delete(string name) => disk.Delete(name);

    public void Replace(string name, string newName) => disk.Replace(name, newName);

    public long LengthOf(string name) => disk.LengthOf(name);

    public void SyncDirectory() => disk.SyncDirectory();
}
