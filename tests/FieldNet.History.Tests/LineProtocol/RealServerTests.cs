using System.Diagnostics;
using FieldNet.History.LineProtocol;
using FieldNet.History.Trends;
using FieldNet.TestKit;

namespace FieldNet.History.Tests.LineProtocol;

/// <summary>The sink against influxd and VictoriaMetrics themselves, killed and started again in mid-stream.</summary>
public sealed class RealServerTests
{
    [Fact]
    public async Task Influx_KilledInMidStream_HasEveryPointOnce()
    {
        Assert.SkipUnless(TimeSeriesServer.IsInfluxInstalled, TimeSeriesServer.InfluxAbsent);
        await using var server = await TimeSeriesServer.StartInfluxAsync();

        var (numbers, sent) = await StreamAsync(server);

        Assert.Equal(numbers, await ServerCount.InfluxAsync(server, "numeric", "value"));
        TestContext.Current.TestOutputHelper!.WriteLine($"{numbers} numbers, {sent} lines acknowledged, {server.BytesOnDisk() / (double)numbers:F1} B a point on disk");
    }

    [Fact]
    public async Task VictoriaMetrics_KilledInMidStream_HasEveryPointOnce()
    {
        Assert.SkipUnless(TimeSeriesServer.IsVictoriaMetricsInstalled, TimeSeriesServer.VictoriaMetricsAbsent);
        await using var server = await TimeSeriesServer.StartVictoriaMetricsAsync("-dedup.minScrapeInterval=1ms");

        var (numbers, sent) = await StreamAsync(server);

        Assert.Equal(numbers, await ServerCount.VictoriaMetricsAsync(server, "numeric_value"));
        Assert.True(sent > numbers, "it was killed with points that it had acknowledged, and none of them came again");
    }

    [Fact]
    public async Task Influx_WithAFieldOfAnotherType_KeepsTheRestAndCountsTheRefused()
    {
        Assert.SkipUnless(TimeSeriesServer.IsInfluxInstalled, TimeSeriesServer.InfluxAbsent);
        await using var server = await TimeSeriesServer.StartInfluxAsync();
        await server.PostAsync("/query?q=CREATE+DATABASE+fieldnet", "");
        using var bench = new SinkBench($"{server.Address}?db=fieldnet");
        await server.PostAsync("/write?db=fieldnet&precision=u", $"link,site=chu rsrp_dbm=\"weak\" {MemoryLog.FirstUs}");
        bench.Log.AddSeconds(10, 2, new Random(1));
        bench.Log.Add("fieldnet/v1/chu/icu1/_ward/gw1/link", """{"rsrpDbm":-98.5,"serves":["bed-01/mon1"]}""");
        bench.Log.AddSeconds(10, 2, new Random(1));

        await bench.UntilSentAsync();

        Assert.Equal(bench.Log.Numbers, await ServerCount.InfluxAsync(server, "numeric", "value"));
        Assert.Equal((bench.Log.Numbers, 1L), (bench.Sink.Status.Points, bench.Sink.Status.Rejected));
        Assert.Contains("field type conflict", bench.Sink.Status.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Influx_OddNamesAndTexts_ComeBackAsTheyWere()
    {
        Assert.SkipUnless(TimeSeriesServer.IsInfluxInstalled, TimeSeriesServer.InfluxAbsent);
        await using var server = await TimeSeriesServer.StartInfluxAsync();
        await server.PostAsync("/query?q=CREATE+DATABASE+fieldnet", "");
        Assert.True(LineTarget.TryParse($"{server.Address}?db=fieldnet", out var target, out _));
        using var client = new LineClient(target, null);
        var batch = new LineBatch();
        var writer = new LineWriter(batch);
        string[] odd = ["a b", "a,b=c", "é\\n", "\"quoted\"", "#x", "back\\slash", "=", "'"];
        foreach (var (i, name) in odd.Index())
        {
            writer.Begin(LineWriter.Head(new Measurement("odd", ["bed"], []), name));
            writer.Text("text"u8, name);
            writer.End(i + 1);
        }

        var refusal = await new BatchDelivery(client).DeliverAsync(batch, inDoubt: false, TestContext.Current.CancellationToken);
        using var answer = System.Text.Json.JsonDocument.Parse(await client.QueryAsync("SELECT text, bed FROM odd", TestContext.Current.CancellationToken));

        Assert.Null(refusal);
        Assert.Equal(
            odd.Select(name => (name, name)),
            answer.RootElement.GetProperty("results")[0].GetProperty("series")[0].GetProperty("values").EnumerateArray().Select(row => (row[1].GetString()!, row[2].GetString()!)));
    }

    [Fact]
    public async Task ServerTrends_OfWhatTheSinkSent_GivesItBack()
    {
        Assert.SkipUnless(TimeSeriesServer.IsInfluxInstalled, TimeSeriesServer.InfluxAbsent);
        await using var server = await TimeSeriesServer.StartInfluxAsync();
        using var bench = new SinkBench($"{server.Address}?db=fieldnet");
        bench.Log.Add("fieldnet/v1/chu/icu1/bed-01/mon1/vitals", $$"""{"stamp":{"historical":true,"deviceTimeUs":"{{MemoryLog.FirstUs - 70_000_000}}"},"numerics":[{"signal":"MDC_TEMP","value":36.5}]}""");
        bench.Log.Add("fieldnet/v1/chu/icu1/bed-01/mon1/vitals", """{"numerics":[{"signal":"MDC_TEMP","value":37}]}""");
        bench.Log.Add("fieldnet/v1/chu/icu1/bed-01/mon1/vitals", """{"numerics":[{"signal":"MDC_TEMP","value":38}]}""");
        bench.Log.Add("fieldnet/v1/chu/icu2/bed-01/mon1/vitals", """{"numerics":[{"signal":"MDC_TEMP","value":40}]}""");
        await bench.UntilSentAsync();
        Assert.True(LineTarget.TryParse($"{server.Address}?db=fieldnet", out var target, out _));
        using var client = new LineClient(target, null);

        // Whole minutes.
        const long MinuteUs = 60_000_000;
        var from = (MemoryLog.FirstUs / MinuteUs * MinuteUs) - (4 * MinuteUs);
        var query = new TrendQuery("icu1/bed-01", "mon1", "MDC_TEMP", from, from + (5 * MinuteUs), 5);
        var trend = await new ServerTrends(client).ReadAsync(query, TestContext.Current.CancellationToken);
        var odd = await new ServerTrends(client).ReadAsync(query with { Device = "it's \\" }, TestContext.Current.CancellationToken);

        Assert.Equal(
            [
                new TrendBucket((MemoryLog.FirstUs - 70_000_000) / MinuteUs * MinuteUs, 1, 36.5, 36.5, 36.5, IsLate: true),
                new TrendBucket(MemoryLog.FirstUs / MinuteUs * MinuteUs, 2, 37, 37.5, 38, IsLate: false),
            ],
            trend);
        Assert.Empty(odd);
    }

    /// <summary>40 rounds of a running ward, an outage of an hour among them; the server is killed in four, the agent in two.</summary>
    private static async Task<(int Numbers, long Sent)> StreamAsync(TimeSeriesServer server)
    {
        var random = new Random(20261122);
        var watch = Stopwatch.StartNew();
        long sent = 0;
        // The bench's clock jumps over waits; the server needs its real seconds until it has a point on disk.
        using var bench = new SinkBench($"{server.Address}?db=fieldnet", change: options => options with { Settle = TimeSpan.FromHours(1) });
        for (var round = 0; round < 40; round++)
        {
            bench.Log.AddSeconds(10, 8, random);
            await bench.TurnAsync();
            if (round % 10 == 5)
            {
                await server.KillAsync();
                bench.Log.AddSeconds(round == 25 ? 3_600 : 3, 8, random);
                await bench.TurnAsync();
                await server.StartAgainAsync();
            }

            // The server's last end is the sink's own to notice.
            if (round % 12 == 11 && round < 35)
            {
                sent += bench.Sink.Status.Points;
                bench.Crash();
            }
        }

        await bench.UntilSentAsync();
        Assert.Equal(0, bench.Sink.Status.Rejected);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"took {watch.Elapsed}");
        return (bench.Log.Numbers, sent + bench.Sink.Status.Points);
    }
}
