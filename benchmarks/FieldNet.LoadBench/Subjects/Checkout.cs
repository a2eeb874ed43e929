namespace FieldNet.LoadBench.Subjects;

/// <summary>Where this checkout and the executable under test are.</summary>
internal static class Checkout
{
    private static string Root { get; } = FindRoot();

    public static string AgentAssembly { get; } = Path.Combine(Root, "edge", "FieldNet.Edge", "bin", "Release", "net10.0", "fieldnet.dll");

    /// <summary>What users call.</summary>
    public static string Launcher { get; } = Path.Combine(Root, "fieldnet");

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
