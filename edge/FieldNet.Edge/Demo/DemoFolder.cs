using System.Globalization;
using FieldNet.Capture;
using FieldNet.Capture.Disk;
using FieldNet.Edge.Verbs;

namespace FieldNet.Edge.Demo;

/// <summary>Where a demo without <c>--data</c> keeps its log: a folder of its own per run, of which the last few are kept.</summary>
internal static class DemoFolder
{
    private const int Kept = 3;

    public static string Create(TimeProvider time)
    {
        var parent = Path.Combine("data", "demo");
        var name = time.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        try
        {
            Directory.CreateDirectory(parent);
            foreach (var old in Directory.GetDirectories(parent, "????????T??????Z").Order(StringComparer.Ordinal).Reverse().Skip(Kept - 1).Where(old => !IsInUse(old)))
            {
                Directory.Delete(old, recursive: true);
            }
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new EnvironmentFaultException($"the demos' folder {Path.GetFullPath(parent)} can't be made or cleared: {cause.Message} Give --data a folder.", cause);
        }

        return Path.Combine(parent, name);
    }

    /// <summary>Another demo, on other ports, is still writing there.</summary>
    private static bool IsInUse(string folder)
    {
        try
        {
            using var taken = FileDisk.ForReading(folder).Lock();
            return false;
        }
        catch (CaptureException unusable)
        {
            return unusable.Kind == CaptureErrorKind.DataFolderInUse;
        }
    }
}
