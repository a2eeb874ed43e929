using System.Globalization;

namespace FieldNet.Edge.Demo;

/// <summary>Where a demo without <c>--data</c> keeps its log: a folder of its own per run, of which the last few are kept.</summary>
internal static class DemoFolder
{
    private const int Kept = 3;

    public static string Create(TimeProvider time)
    {
        var parent = Path.Combine("data", "demo");
        var name = time.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        Directory.CreateDirectory(parent);
        foreach (var old in Directory.GetDirectories(parent, "????????T??????Z").Order(StringComparer.Ordinal).Reverse().Skip(Kept - 1))
        {
            Directory.Delete(old, recursive: true);
        }

        return Path.Combine(parent, name);
    }
}
