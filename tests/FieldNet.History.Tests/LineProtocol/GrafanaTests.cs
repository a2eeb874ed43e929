using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using FieldNet.History.LineProtocol;
using FieldNet.Telemetry.Signals;
using FieldNet.TestKit;

namespace FieldNet.History.Tests.LineProtocol;

/// <summary>The dashboards for Grafana: every name in them is in the schema, and every query gives points on a real server.</summary>
public sealed partial class GrafanaTests
{
    internal static readonly string Root = FindRoot();

    private static readonly string Folder = Path.Combine(Root, "dashboards", "grafana");

    public static TheoryData<string> Dashboards => [.. Directory.GetFiles(Folder, "*.json").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Dashboards))]
    public void Queries_OfTheDashboard_NameOnlyWhatTheSchemaHas(string file)
    {
        var queries = QueriesOf(file).ToList();

        Assert.NotEmpty(queries);
        Assert.Empty(queries.SelectMany(query => Unknown(query).Select(what => $"{what} in {query}")));
    }

    [Fact]
    public void Unknown_OfAQueryBesidesTheSchema_FindsIt()
    {
        Assert.Equal(["measurement numerics"], Unknown("""SELECT mean("value") FROM "numerics" """));
        Assert.Equal(["numeric.valeu"], Unknown("""SELECT mean("valeu") FROM "numeric" WHERE "ward" = 'a'"""));
        Assert.Equal(["number of alarm.id"], Unknown("""SELECT mean("id") FROM "alarm" """));
        Assert.Equal(["signal MDC_HEART"], Unknown("""SELECT mean("value") FROM "numeric" WHERE "signal" = 'MDC_HEART'"""));
    }

    [Fact]
    public void Dashboards_Together_HaveIdsOfTheirOwn()
    {
        var boards = Dashboards.Select(file => Read(file.Data)).ToList();

        Assert.Equal(boards.Count, boards.Select(board => board.GetProperty("uid").GetString()).Distinct().Count());
        Assert.All(boards, board =>
        {
            var ids = board.GetProperty("panels").EnumerateArray().Select(panel => panel.GetProperty("id").GetInt32()).ToList();
            Assert.Equal(ids.Count, ids.Distinct().Count());
            Assert.All(board.GetProperty("panels").EnumerateArray(), panel => Assert.Equal("fieldnet", panel.GetProperty("datasource").GetProperty("uid").GetString()));
        });
        Assert.Contains("uid: fieldnet", File.ReadAllText(Path.Combine(Folder, "provisioning", "datasources", "fieldnet.yaml")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Queries_OnARealServerWithAWardsData_AllGivePoints()
    {
        Assert.SkipUnless(TimeSeriesServer.IsInfluxInstalled, TimeSeriesServer.InfluxAbsent);
        await using var server = await TimeSeriesServer.StartInfluxAsync();
        using var bench = new SinkBench($"{server.Address}?db=fieldnet", change: options => options with { Waves = true });
        await FillAsync(bench);
        await bench.UntilSentAsync();

        var empty = new List<string>();
        foreach (var query in Dashboards.SelectMany(file => QueriesOf(file.Data)))
        {
            var answer = await server.GetAsync($"/query?db=fieldnet&q={Uri.EscapeDataString(Filled(query))}");
            if (!HasValues(answer))
            {
                empty.Add($"{query}: {answer}");
            }
        }

        Assert.Empty(empty);
        Assert.Equal(0, bench.Sink.Status.Rejected);
    }

    /// <summary>Names in a query that its measurement does not have, and numbers asked of what is none.</summary>
    private static IEnumerable<string> Unknown(string query)
    {
        var name = From().Match(query).Groups["name"].Value;
        if (LineSchema.All.FirstOrDefault(each => each.Name == name) is not { } measurement)
        {
            return [$"measurement {name}"];
        }

        var numbers = measurement.Fields.Where(field => field.Type != FieldType.Text).Select(field => field.Name).ToList();
        return
        [
            .. Quoted().Matches(query).Select(match => match.Groups["name"].Value)
                .Where(each => each != name && !measurement.Tags.Contains(each) && measurement.Fields.All(field => field.Name != each))
                .Select(each => $"{name}.{each}"),
            .. Called().Matches(query).Select(match => match.Groups["name"].Value)
                .Where(each => !numbers.Contains(each) && measurement.Fields.Any(field => field.Name == each))
                .Select(each => $"number of {name}.{each}"),
            .. SignalIs().Matches(query).Select(match => match.Groups["name"].Value)
                .Where(each => SignalTable.All.All(signal => signal.Id != each))
                .Select(each => $"signal {each}"),
        ];
    }

    private static IEnumerable<string> QueriesOf(string file)
    {
        var board = Read(file);
        return board.GetProperty("templating").GetProperty("list").EnumerateArray().Select(variable => variable.GetProperty("query").GetString()!)
            .Concat(board.GetProperty("panels").EnumerateArray().SelectMany(panel => panel.GetProperty("targets").EnumerateArray()).Select(target => target.GetProperty("query").GetString()!));
    }

    /// <summary>What Grafana puts in place of its variables.</summary>
    private static string Filled(string query) => query
        .Replace("$timeFilter", string.Create(CultureInfo.InvariantCulture, $"time >= {MemoryLog.FirstUs / 1_000_000 - 3_600}s AND time <= {MemoryLog.FirstUs / 1_000_000 + 3_600}s"), StringComparison.Ordinal)
        .Replace("$__interval", "10s", StringComparison.Ordinal)
        .Replace("'$bed'", "'bed-01'", StringComparison.Ordinal)
        .Replace("$bed", ".*", StringComparison.Ordinal)
        .Replace("$ward", "(icu1|icu2)", StringComparison.Ordinal);

    private static bool HasValues(string answer)
    {
        using var json = JsonDocument.Parse(answer);
        return json.RootElement.GetProperty("results")[0].TryGetProperty("series", out var series)
            && series.EnumerateArray().Any(each => each.GetProperty("values").EnumerateArray().Any(row => row.EnumerateArray().Skip(1).Any(value => value.ValueKind != JsonValueKind.Null)));
    }

    /// <summary>Everything that the dashboards ask for, once.</summary>
    private static async Task FillAsync(SinkBench bench)
    {
        var signals = Dashboards.SelectMany(file => QueriesOf(file.Data)).SelectMany(query => SignalIs().Matches(query)).Select(match => match.Groups["name"].Value).Distinct();
        foreach (var signal in signals)
        {
            bench.Log.Add("fieldnet/v1/chu/icu1/bed-01/mon1/vitals", $$"""{"stamp":{"historical":true,"deviceTimeUs":"{{MemoryLog.FirstUs - 5_000_000}}"},"numerics":[{"signal":"{{signal}}","value":37}]}""");
        }

        bench.Log.Add("fieldnet/v1/chu/icu1/bed-01/mon1/wave/MDC_ECG_ELEC_POTL_II", """{"samplePeriodUs":4000,"gain":0.5,"samples":"AQACAACA"}""");
        bench.Log.Add("fieldnet/v1/chu/icu1/_ward/gw1/link", """{"rsrpDbm":-98.5,"rsrqDb":-11,"sinrDb":9,"rttMs":21,"lossRatio":0.01,"batteryPercent":80,"pci":7,"serves":["bed-01/mon1"]}""");
        var time = DateTimeOffset.UnixEpoch.AddMicroseconds(MemoryLog.FirstUs).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        string Event(int number, string kind) =>
            $$"""{"n":{{number}},"t":"{{time}}","kind":"{{kind}}","what":"device","subject":"chu/icu1/bed-01/mon1","cause":"","severity":"high","phase":"start","beds":[],"evidence":{},"id":"a{{number}}"}""";
        await File.WriteAllTextAsync(bench.Options.Events, $"{Event(1, "alarm")}\n{Event(2, "link")}\n");
    }

    private static JsonElement Read(string file) => JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, file))).RootElement;

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "FieldNet.sln")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }

    [GeneratedRegex("FROM \"(?<name>\\w+)\"")]
    private static partial Regex From();

    [GeneratedRegex("\"(?<name>\\w+)\"")]
    private static partial Regex Quoted();

    [GeneratedRegex("\\w+\\(\"(?<name>\\w+)\"\\)")]
    private static partial Regex Called();

    [GeneratedRegex("\"signal\" = '(?<name>\\w+)'")]
    private static partial Regex SignalIs();
}
