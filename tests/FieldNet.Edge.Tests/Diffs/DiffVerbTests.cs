using System.Text.Json;
using FieldNet.Edge.Tests.Replay;

namespace FieldNet.Edge.Tests.Diffs;

public sealed class DiffVerbTests : IDisposable
{
    private const string Line = """{"n":1,"t":"2026-03-01T08:00:01Z","kind":"link","what":"loss","subject":"s","cause":"","severity":"low","phase":"start","beds":[],"evidence":{},"id":"a"}""";

    private readonly string _folder = Directory.CreateTempSubdirectory("fieldnet-diff-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Diff_ExitCode_SaysWhetherTheyDiffer()
    {
        var (one, same, none, broken) = (Write("one", Line), Write("same", Line), Write("none", ""), Write("broken", Line + "\nno event"));

        Assert.Equal(0, await ReplayedWard.RunAsync("diff", one, same));
        Assert.Equal(1, await ReplayedWard.RunAsync("diff", one, none));
        Assert.Equal(2, await ReplayedWard.RunAsync("diff", one, broken));
        Assert.Equal(2, await ReplayedWard.RunAsync("diff", one, Path.Combine(_folder, "absent")));
    }

    [Fact]
    public async Task Diff_Report_HasTheCountsByKind()
    {
        var report = Path.Combine(_folder, "report.json");

        Assert.Equal(1, await ReplayedWard.RunAsync("diff", Write("one", Line), Write("none", ""), "--json", report));

        using var json = JsonDocument.Parse(await File.ReadAllBytesAsync(report));
        Assert.Equal("""{"link":1}""", JsonSerializer.Serialize(json.RootElement.GetProperty("vanished")));
        Assert.False(json.RootElement.GetProperty("equal").GetBoolean());
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
