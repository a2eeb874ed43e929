using System.Net.WebSockets;
using System.Text.Json;
using FieldNet.EndToEnd.Tests.Agent;
using FieldNet.Telemetry.Network;
using FieldNet.TestKit.Network;

namespace FieldNet.EndToEnd.Tests.Network;

/// <summary>The 5G side end to end: a gNB and a core are read by the real agent, and a gateway's modem by the real publisher.</summary>
public sealed class NetworkSourcesTests
{
    private const string Frame = """{"cells":[{"cell_metrics":{"pci":335,"pdsch_prbs_used_per_tdd_slot_idx":[53,53]},"ue_list":[{"pci":335,"rnti":17921,"cqi":14}]}]}""";

    private const string Modem = "+QENG: \"servingcell\",\"CONNECT\",\"NR5G-SA\",\"TDD\",001,01,66C001,335,C8,627264,78,12,-84,-11,17,1,-\r\nOK\r\n";

    [Fact]
    public async Task Serve_WithSources_HasTheirReportsInItsLogAndReplaysTheSameEvents()
    {
        await using var gnb = await GnbServer.StartAsync(async socket =>
        {
            using var second = new PeriodicTimer(TimeSpan.FromSeconds(1));
            do
            {
                await GnbServer.SendAsync(socket, Frame);
            }
            while (await second.WaitForNextTickAsync() && socket.State == WebSocketState.Open);
        });
        await using var amf = await CoreServer.StartAsync(request => Task.FromResult(request.Path.Value switch
        {
            "/metrics" => "gnb 1\nran_ue 1\n",
            "/ue-info" => """{"items":[{"supi":"imsi-001010000000001","cm_state":"connected","location":{"nr_cgi":{"nci":6733825}}}],"pager":{"page":0,"page_size":100,"count":1}}""",
            _ => null,
        }));
        using var data = new DataFolder();
        var (site, modem) = (data.File("site.yaml"), data.File("modem.txt"));
        await File.WriteAllTextAsync(modem, Modem, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            site,
            $$"""
            network:
              sources:
                - {name: gnb-a, kind: gnb, url: "{{gnb.Address}}", prb_total: 106}
                - {name: amf, kind: open5gs_amf, url: "{{amf.Address}}", every_s: 1}
                - {name: upf, kind: open5gs_upf, url: "http://127.0.0.1:9", every_s: 1}
              gateways:
                - {gateway: icu1/_ward/gw1, serves: [bed-01/mon1], slice: "1", five_qi: 70}
            """,
            TestContext.Current.CancellationToken);

        await using (var agent = await AgentProcess.StartAsync("serve", "--config", site, "--port", "0", "--mqtt-port", "0", "--data", data.Path))
        {
            var (exitCode, output) = await AgentProcess.RunAsync(
                "modem", "--from", $"qeng:{modem}", "--to", agent.Mqtt.ToString(), "--topic-base", "chu/icu1/_ward/gw1", "--serves", "bed-01/mon1", "--mode", "test", "--every", "200ms", "--for", "3s", "--json", "-");
            Assert.True(exitCode == 0, output);
            using var report = JsonDocument.Parse(output);
            Assert.InRange(report.RootElement.GetProperty("sent").GetInt64(), 5, 16);
            Assert.Equal(report.RootElement.GetProperty("sent").GetInt64(), report.RootElement.GetProperty("acknowledged").GetInt64());
            using var http = new HttpClient();
            var metrics = await http.GetStringAsync(new Uri(agent.Http, "/metrics"), TestContext.Current.CancellationToken);
            Assert.Matches("fieldnet_network_answers\\w*\\{[^}]*source=\"gnb-a\"[^}]*\\} [1-9]", metrics);
            Assert.Matches("fieldnet_network_failures\\w*\\{[^}]*source=\"upf\"[^}]*\\} [1-9]", metrics);
            Assert.Equal(0, await agent.StopAsync());
        }

        var records = await RecordsAsync(data.Path);
        var reports = records.Where(record => record.Kind == "network").Select(record => NetworkReport.FromJson(record.Payload)!).ToList();
        Assert.Equal(0.5, reports.First(each => each.Source == "gnb-a").Cells!.Single().PrbDlShare);
        Assert.InRange(reports.Count(each => each.Source == "gnb-a"), 2, 20);
        Assert.Equal("imsi-001010000000001", reports.First(each => each.Source == "amf").Subscribers!.Single().Supi);
        var failure = Assert.Single(reports, each => each.Source == "upf");
        Assert.Equal((false, "connection refused"), (failure.Reached, failure.Error));
        Assert.Contains(records, record => record.Kind == "publish" && record.Topic == "fieldnet/v1/chu/icu1/_ward/gw1/link");

        var live = await File.ReadAllTextAsync(data.File("events.jsonl"), TestContext.Current.CancellationToken);
        Assert.Equal(0, (await AgentProcess.RunAsync("replay", data.Path, "--events", data.File("replayed.jsonl"))).ExitCode);
        Assert.Equal(live, await File.ReadAllTextAsync(data.File("replayed.jsonl"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Modem_WithoutAnEndpoint_IsAnEnvironmentFault()
    {
        using var data = new DataFolder();
        await File.WriteAllTextAsync(data.File("modem.txt"), Modem, TestContext.Current.CancellationToken);

        var (exitCode, output) = await AgentProcess.RunAsync("modem", "--from", $"file:{data.File("modem.txt")}", "--to", "mqtt://127.0.0.1:9", "--topic-base", "chu/icu1/_ward/gw1", "--for", "1s");

        Assert.Equal(3, exitCode);
        Assert.Contains("could not be reached", output, StringComparison.Ordinal);
    }

    private static async Task<List<(string Kind, string? Topic, byte[] Payload)>> RecordsAsync(string folder)
    {
        var (exitCode, output) = await AgentProcess.RunAsync("inspect", folder, "--records", "-");
        Assert.Equal(0, exitCode);
        var records = new List<(string, string?, byte[])>();
        foreach (var line in output.Split('\n').Where(line => line.StartsWith("{\"n\":", StringComparison.Ordinal)))
        {
            using var record = JsonDocument.Parse(line);
            var root = record.RootElement;
            records.Add((
                root.GetProperty("kind").GetString()!,
                root.TryGetProperty("topic", out var topic) ? topic.GetString() : null,
                root.TryGetProperty("payload_base64", out var payload) && payload.ValueKind == JsonValueKind.String ? payload.GetBytesFromBase64() : []));
        }

        return records;
    }
}
