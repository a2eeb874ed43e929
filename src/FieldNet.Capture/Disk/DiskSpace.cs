namespace FieldNet.Capture.Disk;

/// <summary>How full a file system is, as <c>df</c> says it.</summary>
/// <param name="UsedBytes">Taken, by whomever.</param>
/// <param name="FreeBytes">What we may still take.</param>
public readonly record struct DiskSpace(long UsedBytes, long FreeBytes)
{
    /// <summary>0 to 1.</summary>
    public double UsedShare => UsedBytes / Math.Max(1.0, (double)UsedBytes + FreeBytes);
}
