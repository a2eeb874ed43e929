using System.Diagnostics;

namespace FieldNet.LoadBench.Loads;

/// <summary>What the disk alone takes of a stream: as much as one commit of the log, appended and synced, again and again.</summary>
internal static class DiskProbe
{
    private const int BlockBytes = 4 * 1024 * 1024;

    public static double BytesPerSecond(TimeSpan duration)
    {
        var (block, folder) = (new byte[BlockBytes], Directory.CreateTempSubdirectory("fieldnet-bench-"));
        new Random(1).NextBytes(block);
        var (started, end) = (Stopwatch.GetTimestamp(), 0L);
        using (var file = File.OpenHandle(Path.Combine(folder.FullName, "probe"), FileMode.CreateNew, FileAccess.Write))
        {
            for (; Stopwatch.GetElapsedTime(started) < duration; end += BlockBytes)
            {
                RandomAccess.Write(file, block, end);
                RandomAccess.FlushToDisk(file);
            }
        }

        var perSecond = end / Stopwatch.GetElapsedTime(started).TotalSeconds;
        folder.Delete(recursive: true);
        return perSecond;
    }
}
