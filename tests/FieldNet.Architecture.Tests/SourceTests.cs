using System.Text.RegularExpressions;

namespace FieldNet.Architecture.Tests;

public sealed partial class SourceTests
{
    private const int MaxLines = 500;

    private static readonly string[] SourceExtensions = [".cs", ".ts", ".tsx", ".mjs", ".css", ".sh", ".proto"];

    /// <summary>Files that hold a family of public types on purpose, and why.</summary>
    private static readonly Dictionary<string, string> Families = new()
    {
        ["dashboards/FieldNet.Dashboard/Stream/WardFrame.cs"] = "the whole shape of the page's stream, read beside contract.ts",
    };

    [Fact]
    public void Files_HoldOnePublicType_NamedAsTheFile() =>
        Findings.MustBeNone(
            from file in SourceTree.CSharp
            where !Families.ContainsKey(file)
            let types = PublicType().Matches(SourceTree.Read(file)).Select(m => m.Groups["name"].Value).Distinct().ToArray()
            where types.Length > 1 || (types.Length == 1 && types[0] != Path.GetFileName(file).Split('.')[0])
            select $"{file} holds {string.Join(", ", types)}");

    [Fact]
    public void Namespaces_AreFileScoped_AndEqualTheFolder() =>
        Findings.MustBeNone(
            from file in SourceTree.CSharp
            let found = Namespace().Match(SourceTree.Read(file))
            let expected = ExpectedNamespace(file)
            where found.Success ? found.Groups["name"].Value != expected : TypeName().IsMatch(SourceTree.Read(file)) && Path.GetFileName(file) != "Program.cs"
            select $"{file} should have: namespace {expected};");

    [Fact]
    public void TypeNames_SayTheJob_NotManagerOrHelper() =>
        Findings.MustBeNone(
            from file in SourceTree.CSharp
            from Match type in TypeName().Matches(SourceTree.Read(file))
            where EmptyWord().IsMatch(type.Groups["name"].Value)
            select $"{file}: {type.Groups["name"].Value}");

    [Fact]
    public void Files_StayBelow_TheLineLimit() =>
        Findings.MustBeNone(
            from file in SourceTree.Files
            where SourceExtensions.Contains(Path.GetExtension(file)) || file == "fieldnet"
            let lines = SourceTree.Lines(file).Length
            where lines > MaxLines
            select $"{file} has {lines} lines: what second thing does it do?");

    /// <summary><c>src/FieldNet.Mqtt/Packets/Publish.cs</c> lies in <c>FieldNet.Mqtt.Packets</c>.</summary>
    private static string ExpectedNamespace(string file)
    {
        var folders = Path.GetDirectoryName(file)!.Split('/');
        return string.Join('.', folders.SkipWhile(f => !f.StartsWith("FieldNet.", StringComparison.Ordinal)));
    }

    /// <summary>With file-scoped namespaces a type of a file's own stands in the first column.</summary>
    [GeneratedRegex(@"^public (?:[a-z]+ )*(?:class|struct|record|interface|enum|delegate [\w<>?.]+) (?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex PublicType();

    [GeneratedRegex(@"^ *(?:(?:public|internal|private|protected|file|static|sealed|abstract|partial|readonly|ref) )+(?:class|struct|record struct|record class|record|interface|enum) (?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex TypeName();

    [GeneratedRegex(@"^namespace (?<name>[\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex("Manager|Helper|Utils|Utility|Utilities|Common")]
    private static partial Regex EmptyWord();
}
