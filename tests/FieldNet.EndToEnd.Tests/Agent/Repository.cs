namespace FieldNet.EndToEnd.Tests.Agent;

/// <summary>Where this checkout and the executable under test are.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string AgentAssembly { get; } = Path.Combine(
        Root, "edge", "FieldNet.Edge", "bin", AppContext.BaseDirectory.Contains("/Release/", StringComparison.Ordinal) ? "Release" : "Debug", "net10.0", "fieldnet.dll");

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "FieldNet.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException("the tests don't run from a checkout");
    }
}
