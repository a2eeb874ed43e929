using FieldNet.LoadBench.Reports;

namespace FieldNet.LoadBench.Loads;

/// <summary>What the disk alone takes: 4 KiB appended and synced, again and again.</summary>
internal static class FsyncProbe
{
    private const int BlockBytes = 4096;

    public static Percentiles Run(TimeSpan duration)
    {
        var (taken, block, folder) = (new Percentiles(), new byte[BlockBytes], Directory.CreateTempSubdirectory("fieldnet-bench-"));
        using (var file = File.OpenHandle(Path.Combine(folder.FullName, "probe"), FileMode.CreateNew, FileAccess.Write))
        {
            var startedUs = Clock.UtcUs;
            for (long end = 0, nowUs = startedUs; nowUs - startedUs < duration.TotalMicroseconds; end += BlockBytes)
            {
                RandomAccess.Write(file, block, end);
                RandomAccess.FlushToDisk(file);
                taken.Add(-nowUs + (nowUs = Clock.UtcUs));
            }
        }

        folder.Delete(recursive: true);
        return taken;
    }
}
