using System.Text.RegularExpressions;

namespace FieldNet.Architecture.Tests;

public sealed partial class TreeTests
{
    private static readonly string[] TopLevel =
    [
        "src", "edge", "dashboards", "tests", "benchmarks", "docs", ".ci", "README.md", "FieldNet.sln", "fieldnet",
        "Directory.Build.props", "Directory.Packages.props", "global.json", ".editorconfig", "BannedSymbols.txt", ".gitignore", ".gitattributes",
    ];

    private static readonly string[] Binary = [".png", ".ico", ".woff2", ".wav", ".dat", ".pcap", ".pcapng"];

    [Fact]
    public void TopLevel_HasNothing_ButTheFixedEntries() =>
        Findings.MustBeNone(SourceTree.Files.Select(f => f.Split('/')[0]).Distinct().Except(TopLevel));

    [Fact]
    public void Files_NameNoPath_OfOneMachine() =>
        Findings.MustBeNone(
            from file in SourceTree.Files
            where !Binary.Contains(Path.GetExtension(file))
            from Match match in MachinePath().Matches(SourceTree.Read(file))
            select $"{file}: {match.Value}");

    /// <summary>Home folders, mounted work folders, and a drive's users; never a relative or an http path.</summary>
    [GeneratedRegex(@"(?<![\w.\-/*)}])/(?:home|root|Users|work|workspace)/\w[\w./-]*|[A-Za-z]:\\Users\\\w+")]
    private static partial Regex MachinePath();
}
