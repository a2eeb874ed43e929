using Microsoft.Win32.SafeHandles;

namespace FieldNet.Capture.Disk;

/// <summary>A file of a real file system.</summary>
/// <remarks>
/// What was synced long ago is let go from the page cache: nobody reads the log while it is written, and pages that are used again
/// cost a fraction of fresh ones (a virtual machine gets those from its host one by one).
/// </remarks>
internal sealed class FileDiskFile(SafeFileHandle handle) : IDiskFile
{
    /// <summary>Left in the cache for whoever reads close behind.</summary>
    private const long KeptBytes = 8 * 1024 * 1024;

    private long _end;
    private long _forgotten;

    public long Length => RandomAccess.GetLength(handle);

    public int Read(Span<byte> into, long offset)
    {
        var done = 0;
        while (done < into.Length)
        {
            var read = RandomAccess.Read(handle, into[done..], offset + done);
            if (read == 0)
            {
                break;
            }

            done += read;
        }

        return done;
    }

    public void Write(ReadOnlySpan<byte> bytes, long offset)
    {
        RandomAccess.Write(handle, bytes, offset);
        _end = offset + bytes.Length;
    }

    public void Allocate(long bytes)
    {
        if (!LibC.TryAllocate(handle, bytes))
        {
            // A file system without fallocate: taken the long way.
            var zeros = new byte[KeptBytes];
            for (long at = 0; at < bytes; at += zeros.Length)
            {
                RandomAccess.Write(handle, zeros.AsSpan(0, (int)Math.Min(zeros.Length, bytes - at)), at);
            }
        }
    }

    public void Sync()
    {
        RandomAccess.FlushToDisk(handle);
        if (_end - KeptBytes > _forgotten)
        {
            LibC.ForgetCached(handle, _forgotten, _end - KeptBytes - _forgotten);
            _forgotten = _end - KeptBytes;
        }
    }

    public void SetLength(long length) => RandomAccess.SetLength(handle, length);

    public void Dispose() => handle.Dispose();
}
