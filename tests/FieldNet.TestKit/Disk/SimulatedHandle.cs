using FieldNet.Capture.Disk;

namespace FieldNet.TestKit.Disk;

internal sealed class SimulatedHandle(SimulatedDisk disk, SimulatedFile file) : IDiskFile
{
    public long Length
    {
        get
        {
            lock (disk.Gate)
            {
                return file.Length;
            }
        }
    }

    public int Read(Span<byte> into, long offset)
    {
        lock (disk.Gate)
        {
            return file.Read(into, offset);
        }
    }

    public void Write(ReadOnlySpan<byte> bytes, long offset) => disk.Write(file, bytes, offset);

    public void Allocate(long bytes) => disk.Write(file, new byte[bytes], 0);

    public void Sync() => disk.Sync(file);

    public void Dispose()
    {
    }
}
