namespace FieldNet.TestKit;

/// <summary>Finds the real recordings that some tests read: <c>FIELDNET_DATA</c>, or <c>../shared/data</c> beside the project.</summary>
public static class SharedData
{
    /// <summary>Reason for skipping a test that needs them.</summary>
    public const string Absent = "The shared recordings are not here (set FIELDNET_DATA).";

    /// <summary>A folder or file of the recordings; null when absent.</summary>
    public static string? Find(string name)
    {
        string? data = Environment.GetEnvironmentVariable("FIELDNET_DATA") is { Length: > 0 } given
            ? given
            : Root() is { } root ? Path.Combine(root, "..", "shared", "data") : null;
        string? path = data is null ? null : Path.GetFullPath(Path.Combine(data, name));
        return Path.Exists(path) ? path : null;
    }

    private static string? Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "FieldNet.sln")))
        {
            folder = folder.Parent;
        }
        return folder?.FullName;
    }
}
