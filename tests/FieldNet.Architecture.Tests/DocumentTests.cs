using System.Text.RegularExpressions;

namespace FieldNet.Architecture.Tests;

public sealed partial class DocumentTests
{
    [Theory]
    [InlineData("src/FieldNet.Telemetry/Refusal.cs")]
    [InlineData("src/FieldNet.Telemetry/Records/RecordKind.cs")]
    public void PublicNames_OfTheEnum_StandInTheProtocolPage(string file)
    {
        var page = SourceTree.Read("docs/protocol.md");

        Findings.MustBeNone(
            from Match member in EnumMember().Matches(SourceTree.Read(file))
            let name = SnakeCase(member.Groups["name"].Value)
            where name != "none" && !page.Contains($"`{name}`", StringComparison.Ordinal)
            select $"docs/protocol.md does not say what {name} is");
    }

    [Fact]
    public void Limits_OfTheMqttEndpoint_StandInTheProtocolPage()
    {
        var page = SourceTree.Read("docs/protocol.md");

        Findings.MustBeNone(
            from Match option in Option().Matches(SourceTree.Read("src/FieldNet.Mqtt/Endpoint/MqttEndpointOptions.cs"))
            let name = option.Groups["name"].Value
            where !page.Contains($"`{name}`", StringComparison.Ordinal)
            select $"docs/protocol.md does not say what {name} is and what happens beyond it");
    }

    [Fact]
    public void Links_BetweenDocuments_LeadSomewhere() =>
        Findings.MustBeNone(
            from file in SourceTree.Files
            where file.EndsWith(".md", StringComparison.Ordinal)
            from Match link in Link().Matches(SourceTree.Read(file))
            let target = link.Groups["target"].Value
            where !Path.Exists(Path.Combine(SourceTree.Root, Path.GetDirectoryName(file)!, target))
            select $"{file}: {target}");

    [Fact]
    public void Metrics_OfEveryRoom_StandInTheOperationsPage()
    {
        var page = SourceTree.Read("docs/operations.md");

        Findings.MustBeNone(
            from file in SourceTree.CSharp
            where !file.StartsWith("tests/", StringComparison.Ordinal)
            from Match metric in Metric().Matches(SourceTree.Read(file))
            let name = metric.Groups["name"].Value
            where !page.Contains($"`{name}`", StringComparison.Ordinal)
            select $"docs/operations.md does not say what {name} means and what to do about it ({file})");
    }

    private static string SnakeCase(string pascal) => Capital().Replace(pascal, "_$0").ToLowerInvariant();

    [GeneratedRegex(@"^    (?<name>[A-Z]\w+)(?: = \d+)?,", RegexOptions.Multiline)]
    private static partial Regex EnumMember();

    [GeneratedRegex(@"^    public \S+ (?<name>\w+) \{ get; init; \}", RegexOptions.Multiline)]
    private static partial Regex Option();

    [GeneratedRegex("(?<!^)[A-Z]")]
    private static partial Regex Capital();

    [GeneratedRegex(@"\.Create(?:Observable)?(?:Counter|UpDownCounter|Gauge|Histogram)(?:<\w+>)?\(\s*""(?<name>fieldnet\.[\w.]+)""")]
    private static partial Regex Metric();

    /// <summary>A relative link's file; other sites and headings of the same page are not looked at.</summary>
    [GeneratedRegex(@"\]\((?![a-z]+:|#)(?<target>[^)#]+)")]
    private static partial Regex Link();
}
