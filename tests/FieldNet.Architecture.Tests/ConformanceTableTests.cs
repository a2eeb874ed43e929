using System.Text.RegularExpressions;

namespace FieldNet.Architecture.Tests;

/// <summary><c>docs/mqtt-conformance.md</c> names every normative statement of both standards, and tests that exist.</summary>
public sealed partial class ConformanceTableTests
{
    private const string Page = "docs/mqtt-conformance.md";
    private const string TestFolder = "tests/FieldNet.Mqtt.Tests/";

    /// <summary>How many statements each section has (appendix B).</summary>
    private const string Statements5 =
        "1.5.4=3 1.5.5=1 1.5.7=1 2.1.3=1 2.2.1=6 2.2.2=1 3.1.0=2 3.1.2=30 3.1.3=12 3.1.4=6 3.2.0=2 3.2.2=22 3.3.1=13 3.3.2=20 3.3.4=10 3.4.2=3 3.5.2=3 " +
        "3.6.1=1 3.6.2=3 3.7.2=3 3.8.1=1 3.8.3=5 3.8.4=8 3.9.2=2 3.9.3=2 3.10.1=1 3.10.3=2 3.10.4=6 3.11.2=2 3.11.3=2 3.12.4=1 3.14.0=1 3.14.1=1 3.14.2=4 " +
        "3.14.4=3 3.15.1=1 3.15.2=3 4.1.0=2 4.2.0=1 4.3.1=1 4.3.2=5 4.3.3=13 4.4.0=2 4.5.0=2 4.6.0=6 4.7.0=1 4.7.1=2 4.7.2=1 4.7.3=4 4.8.2=6 4.9.0=3 " +
        "4.12.0=7 4.12.1=2 4.13.1=1 4.13.2=1 6.0.0=4";

    private const string Statements311 =
        "1.5.3=3 2.2.2=2 2.3.1=7 3.1.0=2 3.1.2=24 3.1.3=11 3.1.4=5 3.2.0=1 3.2.2=6 3.3.1=12 3.3.2=3 3.3.4=1 3.3.5=2 3.6.1=1 3.8.1=1 3.8.3=4 3.8.4=6 3.9.3=2 " +
        "3.10.1=1 3.10.3=2 3.10.4=6 3.12.4=1 3.14.1=1 3.14.4=3 4.1.0=2 4.3.1=1 4.3.2=2 4.3.3=2 4.4.0=1 4.5.0=2 4.6.0=6 4.7.1=3 4.7.2=1 4.7.3=4 4.8.0=2 6.0.0=4";

    [Theory]
    [InlineData("MQTT 5.0", Statements5)]
    [InlineData("MQTT 3.1.1", Statements311)]
    public void Statements_OfTheStandard_AllStandInTheTable(string standard, string sections)
    {
        var expected =
            from section in sections.Split(' ')
            let name = section.Split('=')[0]
            from number in Enumerable.Range(1, int.Parse(section.Split('=')[1], System.Globalization.CultureInfo.InvariantCulture))
            where !(standard == "MQTT 5.0" && name == "2.2.1" && number == 1) // given to no statement
            select $"{name}-{number}";

        Assert.Equal(expected, Rows(standard).Select(row => row.Statement));
    }

    [Theory]
    [InlineData("MQTT 5.0")]
    [InlineData("MQTT 3.1.1")]
    public void Tests_NamedInTheTable_Exist(string standard) =>
        Findings.MustBeNone(
            from row in Rows(standard)
            from Match test in TestClass().Matches(row.Where)
            let file = SourceTree.CSharp.SingleOrDefault(f => f.StartsWith(TestFolder, StringComparison.Ordinal) && f.EndsWith($"/{test.Groups["name"].Value}.cs", StringComparison.Ordinal))
            where file is null || !SourceTree.Read(file).Contains($" MQTT_{Underscored(row.Statement)}_", StringComparison.Ordinal)
            select $"{Page}: {row.Statement} is not tested in {test.Groups["name"].Value}");

    [Theory]
    [InlineData("MQTT 5.0")]
    [InlineData("MQTT 3.1.1")]
    public void Rows_WithoutATest_SayWhy(string standard) =>
        Findings.MustBeNone(
            from row in Rows(standard)
            where !TestClass().IsMatch(row.Where) && !row.Where.StartsWith("not applicable: ", StringComparison.Ordinal)
            select $"{Page}: {row.Statement} has neither a test nor a reason");

    [Fact]
    public void Tests_NamedAfterAStatement_StandInTheTable()
    {
        var page = SourceTree.Read(Page);

        Findings.MustBeNone(
            from file in SourceTree.CSharp
            where file.StartsWith(TestFolder, StringComparison.Ordinal)
            from Match test in TestMethod().Matches(SourceTree.Read(file))
            let row = $"| MQTT-{test.Groups["section"].Value.Replace('_', '.')}-{test.Groups["number"].Value} |"
            where !page.Split('\n').Any(line => line.StartsWith(row, StringComparison.Ordinal) && line.Contains($"`{Path.GetFileNameWithoutExtension(file)}`", StringComparison.Ordinal))
            select $"{Page} does not name {test.Value.Trim(' ', '(')} of {file}");
    }

    private static string Underscored(string statement) => statement.Replace('.', '_').Replace('-', '_');

    private static IEnumerable<(string Statement, string Where)> Rows(string standard)
    {
        var page = SourceTree.Read(Page);
        var start = page.IndexOf($"\n## {standard}\n", StringComparison.Ordinal);
        var end = page.IndexOf("\n## ", start + 1, StringComparison.Ordinal);
        return Row().Matches(end < 0 ? page[start..] : page[start..end]).Select(row => (row.Groups["statement"].Value, row.Groups["where"].Value));
    }

    [GeneratedRegex(@"^\| MQTT-(?<statement>[\d.]+-\d+) \| (?<where>.+) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"`(?<name>\w+Tests)`")]
    private static partial Regex TestClass();

    [GeneratedRegex(@" MQTT_(?<section>\d+_\d+_\d+)_(?<number>\d+)_\w+\(")]
    private static partial Regex TestMethod();
}
