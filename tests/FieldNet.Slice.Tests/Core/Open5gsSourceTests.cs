using System.Globalization;
using FieldNet.Slice.Core;
using FieldNet.Slice.Mapping;
using FieldNet.Slice.Tests.Sources;
using FieldNet.Telemetry.Network;
using FieldNet.TestKit.Network;
using Microsoft.AspNetCore.Http;

namespace FieldNet.Slice.Tests.Core;

/// <summary>The core's readers against a real HTTP server.</summary>
public sealed class Open5gsSourceTests
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(100);

    [Theory]
    [InlineData(250)]
    [InlineData(200)]
    [InlineData(0)]
    public async Task Reports_AnAmfWithManySubscribers_HasEveryPageOfThem(int subscribers)
    {
        await using var amf = await CoreServer.StartAsync(request => Task.FromResult(request.Path.Value switch
        {
            "/metrics" => "gnb 1\nran_ue 3\n",
            "/ue-info" => Page(request, subscribers, i => $$"""{"supi":"imsi-{{i}}","cm_state":"connected"}"""),
            "/gnb-info" => """{"items":[{"gnb_id":100,"ng":{"setup_success":true}}],"pager":{"page":0,"page_size":100,"count":1}}""",
            _ => null,
        }));
        var source = new Open5gsSource("amf", Open5gsFunction.Amf, amf.Address, Every);
        using var heard = new HeardReports(source);

        var report = await heard.OneAsync(_ => true, "a report");

        Assert.Equal(Enumerable.Range(0, subscribers).Select(i => $"imsi-{i}"), report.Subscribers!.Select(each => each.Supi));
        Assert.Equal((new CoreFacts { Gnbs = 1, RanUes = 3 }, true), (report.Core, Assert.Single(report.Gnbs!).SetupSucceeded));
        var next = await heard.OneAsync(each => each != report, "the next report");
        Assert.Equal((true, null, subscribers), (next.ListsUnchanged, next.Subscribers, next.Over(report).Subscribers!.Count));
        Assert.All(amf.Asked.Where(asked => asked.StartsWith("/ue-info", StringComparison.Ordinal)), asked => Assert.EndsWith("&page_size=100", asked, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Reports_AnOlderCoreWithoutLists_KnowsItsMetricsAndOfTheListsNothing()
    {
        await using var smf = await CoreServer.StartAsync(request => Task.FromResult(request.Path == "/metrics" ? "pfcp_peers_active 1\n" : null));
        using var heard = new HeardReports(new Open5gsSource("smf", Open5gsFunction.Smf, smf.Address, Every));

        var report = await heard.OneAsync(_ => true, "a report");

        Assert.Equal((true, 1, null), (report.Reached, report.Core!.PfcpPeers, report.Sessions));
    }

    [Theory]
    [InlineData("<html>")]
    [InlineData("{}")]
    [InlineData("""{"items":"none"}""")]
    [InlineData("""{"items":[{"supi":"\ud800"}]}""")]
    public async Task Reports_AListThatCantBeRead_IsUnknownAndCounted(string list)
    {
        await using var smf = await CoreServer.StartAsync(request => Task.FromResult<string?>(request.Path == "/metrics" ? "pfcp_peers_active 1\n" : list));
        var source = new Open5gsSource("smf", Open5gsFunction.Smf, smf.Address, Every);
        using var heard = new HeardReports(source);

        Assert.Null((await heard.OneAsync(each => each.Reached, "a report")).Sessions);
        Assert.True(source.Counts.Malformed > 0);
    }

    [Fact]
    public async Task Reports_AFunctionThatDiesAndComesBack_IsSaidToBeUnreachedMeanwhile()
    {
        Func<HttpRequest, Task<string?>> answer = _ => Task.FromResult<string?>("fivegs_upffunction_upf_sessionnbr 2\n");
        var upf = await CoreServer.StartAsync(answer);
        using var heard = new HeardReports(new Open5gsSource("upf", Open5gsFunction.Upf, upf.Address, Every));
        await heard.OneAsync(each => each.Reached, "the first report");

        await upf.DisposeAsync();
        var failure = await heard.OneAsync(each => !each.Reached && each.Error == "connection refused", "the failure");
        await using var again = await CoreServer.StartAsync(answer, upf.Address.Port);

        Assert.Null(failure.Core);
        Assert.Equal(2, (await heard.OneAsync(each => each.Reached, "a report again", from: heard.All.Count)).Core!.Sessions);
    }

    [Fact]
    public async Task Reports_AnAnswerThatIsNoneTooLargeOrNeverComes_IsAFailureInWords()
    {
        var page = new TaskCompletionSource<string?>();
        Func<HttpRequest, Task<string?>> answer = request =>
        {
            request.HttpContext.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return Task.FromResult<string?>("");
        };
        await using var upf = await CoreServer.StartAsync(request => answer(request));
        var source = new Open5gsSource("upf", Open5gsFunction.Upf, upf.Address, Every);
        using var heard = new HeardReports(source);
        await heard.OneAsync(each => each.Error == "HTTP 503", "the word for 503");

        answer = _ => Task.FromResult<string?>("<html>It works</html>");
        await heard.OneAsync(each => each.Error == "what it answers is no metrics page", "the word for another page");
        answer = _ => Task.FromResult<string?>(string.Concat(Enumerable.Repeat("metric_with_a_name 1\n", 300_000)));
        await heard.OneAsync(each => each.Error == "its answer is too large", "the word for too much");
        answer = _ => page.Task;
        await heard.OneAsync(each => each.Error == "nothing came in 2 s", "the word for nothing");
        page.SetResult("");

        Assert.True(source.Counts.TooLarge > 0);
        Assert.DoesNotContain(heard.All, each => each.Reached);
    }

    [Fact]
    public async Task Reports_AnyPrometheusPage_IsReadByItsMapping()
    {
        await using var upf = await CoreServer.StartAsync(request => Task.FromResult(request.Path == "/upf/metrics" ? "upf_packets_count{iface=\"Access\",dir=\"rx\"} 12\n" : null));
        var rules = new MappingRule[] { new() { Metric = "upf_packets_count", Labels = [new("iface", "Access")], To = "core.n3_packets_in" } };
        using var heard = new HeardReports(new MappedSource("sdcore", NetworkSourceKind.Upf, new Uri(upf.Address, "/upf/metrics"), rules, Every));

        var report = await heard.OneAsync(_ => true, "a report");

        Assert.Equal((NetworkSourceKind.Upf, new CoreFacts { N3PacketsIn = 12 }), (report.Kind, report.Core));
    }

    private static string Page(HttpRequest request, int all, Func<int, string> item)
    {
        var (page, size) = (int.Parse(request.Query["page"]!, CultureInfo.InvariantCulture), int.Parse(request.Query["page_size"]!, CultureInfo.InvariantCulture));
        var items = Enumerable.Range(page * size, Math.Clamp(all - (page * size), 0, size)).Select(item).ToList();
        return $$"""{"items":[{{string.Join(',', items)}}],"pager":{"page":{{page}},"page_size":{{size}},"count":{{items.Count}} } }""";
    }
}
