namespace FieldNet.LoadBench.Subjects;

/// <summary>Where this checkout and the executable under test are.</summary>
internal static class Checkout
{
    private static string Root { get; } = FindRoot();

    public static string AgentAssembly { get; } = Path.Combine(Root, "edge", "FieldNet.Edge", "bin", "Release", "net10.0", "fieldnet.dll");

    /// <summary>What users call.</summary>
    public static string Launcher { get; } = Path.Combine(Root, "fieldnet");

    /// <summary>A folder of the shared recordings: below <c>FIELDNET_DATA</c>, or <c>../shared/data</c> beside the project.</summary>
    public static string SharedData(string name) =>
        Path.Combine(Environment.GetEnvironmentVariable("FIELDNET_DATA") is { Length: > 0 } given ? given : Path.Combine(Root, "..", "shared", "data"), name);

    private static string FindRoot()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "FieldNet.sln")))
            {
                return folder;
            }
        }

        throw new BenchException("the bench doesn't run from a checkout");
    }
}
