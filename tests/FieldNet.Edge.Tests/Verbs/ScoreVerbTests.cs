using System.Text.Json;
using FieldNet.Edge.Verbs;

namespace FieldNet.Edge.Tests.Verbs;

public sealed class ScoreVerbTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fieldnet-score-verb-").FullName;

    [Fact]
    public async Task Score_FilesByHand_ReportsTheContractsKeys()
    {
        string events = Written("""
            {"n":1,"t":"2026-11-22T10:00:01.25Z","kind":"incident","what":"silent","subject":"chu/icu1/bed-03/gw1","cause":"gateway","severity":"low","phase":"start","beds":["icu1/bed-03"],"evidence":{"children":[]},"id":"a"}
            {"n":2,"t":"2026-11-22T11:00:00Z","kind":"incident","what":"latency","subject":"chu/icu1/bed-04/gw1","cause":"gateway","severity":"low","phase":"start","beds":["icu1/bed-04"],"evidence":{},"id":"b"}
            """);
        string labels = Written("""{"what":"silent","subject":"chu/icu1/bed-03/gw1","cause":"gateway","start":"2026-11-22T10:00:00Z","end":"2026-11-22T10:00:20Z","beds":["icu1/bed-03"]}""");
        string report = Path.Combine(_folder, "report.json");

        Assert.Equal(0, await RunAsync("--events", events, "--labels", labels, "--json", report));

        var json = JsonDocument.Parse(await File.ReadAllTextAsync(report, TestContext.Current.CancellationToken)).RootElement;
        Assert.Equal((1, 2, 0.5, 1.0), (json.GetProperty("labels").GetInt32(), json.GetProperty("events").GetInt32(), json.GetProperty("precision").GetDouble(), json.GetProperty("recall").GetDouble()));
        Assert.Equal((1.0, 1.0), (json.GetProperty("root_cause_accuracy").GetDouble(), json.GetProperty("incidents_per_fault").GetDouble()));
        Assert.Equal(1.25, json.GetProperty("delay_s").GetProperty("silent").GetProperty("p95").GetDouble());
        // Two beds for an hour, one false finding.
        Assert.Equal(12, json.GetProperty("false_per_bed_day").GetDouble(), 0.01);
    }

    [Fact]
    public async Task Score_BedDaysGiven_AreTaken()
    {
        string events = Written("""{"n":2,"t":"2026-11-22T11:00:00Z","kind":"link","what":"latency","subject":"a/b/c/d","cause":"","phase":"start","beds":["b/c"],"evidence":{},"id":"b"}""");
        string report = Path.Combine(_folder, "report.json");

        Assert.Equal(0, await RunAsync("--events", events, "--labels", Written(""), "--bed-days", "4", "--json", report));

        Assert.Equal(0.25, JsonDocument.Parse(await File.ReadAllTextAsync(report, TestContext.Current.CancellationToken)).RootElement.GetProperty("false_per_bed_day").GetDouble());
    }

    [Theory]
    [InlineData("no JSON")]
    [InlineData("""{"what":"silent"}""")]
    public async Task Score_NoLabels_IsABadArgument(string text) => Assert.Equal(2, await RunAsync("--events", Written(""), "--labels", Written(text)));

    [Fact]
    public async Task Score_NoFile_IsABadArgument() => Assert.Equal(2, await RunAsync("--events", Path.Combine(_folder, "absent"), "--labels", Written("")));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static Task<int> RunAsync(params string[] arguments) => CommandLine.RunAsync(new System.CommandLine.RootCommand { ScoreVerb.Create() }, ["score", .. arguments], TextWriter.Null);

    private string Written(string text)
    {
        string path = Path.Combine(_folder, Path.GetRandomFileName());
        File.WriteAllText(path, text);
        return path;
    }
}
