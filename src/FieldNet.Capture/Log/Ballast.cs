using FieldNet.Capture.Disk;

namespace FieldNet.Capture.Log;

/// <summary>A file that only takes room, to be given up when there is none.</summary>
/// <remarks>Threading: one thread. Errors: <see cref="IOException"/> of the disk.</remarks>
internal sealed class Ballast
{
    public const string Name = "ballast";

    private readonly IDisk _disk;

    /// <summary>Takes over what an earlier run made, if it is as large as it must be now.</summary>
    public Ballast(IDisk disk, long bytes)
    {
        (_disk, Bytes) = (disk, bytes);
        if (disk.List().Contains(Name))
        {
            IsHeld = disk.LengthOf(Name) == bytes;
            if (!IsHeld)
            {
                disk.Delete(Name);
            }
        }
    }

    public long Bytes { get; }

    public bool IsHeld { get; private set; }

    public void Make()
    {
        if (IsHeld || Bytes == 0)
        {
            return;
        }

        try
        {
            using var file = _disk.Create(Name);
            file.Allocate(Bytes);
            file.Sync();
            _disk.SyncDirectory();
            IsHeld = true;
        }
        catch (IOException)
        {
            _disk.Delete(Name);
            throw;
        }
    }

    /// <summary>Gives the room back.</summary>
    /// <returns>False when none was held.</returns>
    public bool TryRelease()
    {
        if (!IsHeld)
        {
            return false;
        }

        _disk.Delete(Name);
        IsHeld = false;
        _disk.SyncDirectory();
        return true;
    }
}
