using System.Globalization;
using System.Text;
using System.Text.Json;
using FieldNet.EndToEnd.Tests.Agent;
using FieldNet.Mqtt.Client;

namespace FieldNet.EndToEnd.Tests.History;

/// <summary>What was sent is in the trend, each value once, whatever happened to the agent in between.</summary>
public sealed class RestartTests
{
    private const string HeartRate = "MDC_ECG_HEART_RATE";

    [Fact]
    public async Task Trend_OfAnAgentThatWasKilled_HasEachValueOnce()
    {
        using var data = new DataFolder();
        string[] serve = ["serve", "--port", "0", "--mqtt-port", "0", "--data", data.Path];
        var agent = await AgentProcess.StartAsync(serve);
        await SendAsync(agent, 60, 40);
        await TrendIsAsync(agent, Enumerable.Range(60, 40));
        await agent.KillAsync();

        agent = await AgentProcess.StartAsync(serve);
        await SendAsync(agent, 100, 20);
        await TrendIsAsync(agent, Enumerable.Range(60, 60));
        Assert.Equal(0, await agent.StopAsync());

        await using var last = await AgentProcess.StartAsync(serve);
        await TrendIsAsync(last, Enumerable.Range(60, 60));
    }

    /// <summary>Numbers that go up by one, each acknowledged before the next.</summary>
    private static async Task SendAsync(AgentProcess agent, int first, int count)
    {
        await using var client = await MqttClient.ConnectAsync(
            "127.0.0.1", agent.Mqtt.Port, new MqttClientOptions { ClientId = "mon1" }, cancellationToken: TestContext.Current.CancellationToken);
        for (var value = first; value < first + count; value++)
        {
            var nowUs = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() * 1000;
            var payload = Encoding.UTF8.GetBytes(string.Create(
                CultureInfo.InvariantCulture,
                $$"""{"stamp":{"epoch":1,"seq":"{{value}}","deviceTimeUs":"{{nowUs + value}}","sentTimeUs":"{{nowUs + value}}"},"numerics":[{"signal":"{{HeartRate}}","value":{{value}}}]}"""));
            await client.PublishAsync(VitalsStream.Topic, payload, qos: 1, cancellationToken: TestContext.Current.CancellationToken);
        }
    }

    private static async Task TrendIsAsync(AgentProcess agent, IEnumerable<int> values)
    {
        using var http = new HttpClient { BaseAddress = agent.Http };
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        var path = $"api/history/trend?bed=icu1/bed-01&signal={HeartRate}&from={now - 600_000}&to={now + 600_000}&points=1000";
        await WallPage.UntilAsync(
            async () =>
            {
                using var answer = await http.GetAsync(path, TestContext.Current.CancellationToken);
                if (!answer.IsSuccessStatusCode)
                {
                    return false;
                }

                using var trend = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
                return trend.RootElement.GetProperty("mean").EnumerateArray().Select(mean => mean.GetInt32()).SequenceEqual(values);
            },
            TimeSpan.FromSeconds(20),
            $"the values {string.Join(' ', values)}");
    }
}
