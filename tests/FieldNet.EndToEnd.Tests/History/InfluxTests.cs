using System.Text.Json;
using FieldNet.EndToEnd.Tests.Agent;
using FieldNet.Mqtt.Client;
using FieldNet.TestKit;

namespace FieldNet.EndToEnd.Tests.History;

/// <summary>The agent and a real influxd, each killed while the other goes on.</summary>
public sealed class InfluxTests
{
    [Fact]
    public async Task Serve_AgentAndServerKilledInMidStream_EveryNumberIsOnTheServerOnce()
    {
        Assert.SkipUnless(TimeSeriesServer.IsInfluxInstalled, TimeSeriesServer.InfluxAbsent);
        await using var server = await TimeSeriesServer.StartInfluxAsync();
        await server.KillAsync();
        using var data = new DataFolder();

        await using (var first = await ServeAsync(server, data))
        {
            await PublishAsync(first, from: 1, count: 300);
            await server.StartAgainAsync();
            await UntilStoredAsync(server, 300);
            await PublishAsync(first, from: 301, count: 300);
            await first.KillAsync();
        }

        await using var second = await ServeAsync(server, data);
        await UntilStoredAsync(server, 600);
        await server.KillAsync();
        await PublishAsync(second, from: 601, count: 300);
        await server.StartAgainAsync();
        await UntilStoredAsync(server, 900);

        using var http = new HttpClient { BaseAddress = second.Http };
        var metrics = await http.GetStringAsync("/metrics", TestContext.Current.CancellationToken);
        Assert.Contains("fieldnet_history_influx_rejected_total 0", metrics, StringComparison.Ordinal);
        Assert.Contains("fieldnet_history_influx_connected 1", metrics, StringComparison.Ordinal);
        Assert.Equal(0, await second.StopAsync());
    }

    private static Task<AgentProcess> ServeAsync(TimeSeriesServer server, DataFolder data) =>
        AgentProcess.StartAsync("serve", "--port", "0", "--mqtt-port", "0", "--data", data.Path, "--influx", $"{server.Address}?db=fieldnet");

    private static async Task PublishAsync(AgentProcess agent, ulong from, ulong count)
    {
        var options = new MqttClientOptions { ClientId = "bed-01" };
        await using var client = await MqttClient.ConnectAsync("127.0.0.1", agent.Mqtt.Port, options, cancellationToken: TestContext.Current.CancellationToken);
        for (var seq = from; seq < from + count; seq++)
        {
            await client.PublishAsync(VitalsStream.Topic, VitalsStream.Payload(seq), qos: 1, cancellationToken: TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Never more than were sent, and in the end all.</summary>
    private static async Task UntilStoredAsync(TimeSeriesServer server, long count)
    {
        long stored = 0;
        await WallPage.UntilAsync(
            async () =>
            {
                using var json = JsonDocument.Parse(await server.GetAsync("/query?db=fieldnet&q=SELECT+count(\"value\")+FROM+\"numeric\""));
                stored = json.RootElement.GetProperty("results")[0].TryGetProperty("series", out var series) ? series[0].GetProperty("values")[0][1].GetInt64() : 0;
                return stored >= count;
            },
            TimeSpan.FromSeconds(30), $"{count} numbers stored");
        Assert.Equal(count, stored);
    }
}
