namespace FieldNet.Architecture.Tests;

/// <summary>What a rule found, one line each.</summary>
internal static class Findings
{
    /// <summary>Fails with every finding, not only the first.</summary>
    public static void MustBeNone(IEnumerable<string> findings)
    {
        var all = findings.ToArray();
        Assert.True(all.Length == 0, string.Join(Environment.NewLine, all));
    }
}
