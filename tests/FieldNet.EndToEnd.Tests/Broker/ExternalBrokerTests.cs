using System.Text;
using System.Text.Json;
using FieldNet.EndToEnd.Tests.Agent;
using FieldNet.Mqtt.Client;
using FieldNet.TestKit;

namespace FieldNet.EndToEnd.Tests.Broker;

/// <summary>The agent as a client of somebody else's broker, here a real mosquitto.</summary>
public sealed class ExternalBrokerTests
{
    private static readonly byte[] Topic = Encoding.UTF8.GetBytes(VitalsStream.Topic);

    [Fact]
    public async Task Serve_BedsidesAtTheBroker_AreLiveOnTheWall()
    {
        Assert.SkipUnless(Mosquitto.IsInstalled, Mosquitto.Absent);
        await using var broker = await Mosquitto.StartAsync();
        using var data = new DataFolder();
        var report = data.File("report.json");
        await using var agent = await ServeAsync(broker, data, "--json", report);
        Assert.Equal(broker.Address, agent.Mqtt);

        var simulated = AgentProcess.RunAsync("simulate", "--to", $"{broker.Address}", "--beds", "3", "--for", "12s");
        using var http = new HttpClient { BaseAddress = agent.Http };
        await WallPage.UntilAsync(async () => await LiveBedsAsync(http) == 3, TimeSpan.FromSeconds(20), "three live beds");
        Assert.Equal(0, (await simulated).ExitCode);

        Assert.Equal(0, await agent.StopAsync());
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(report, TestContext.Current.CancellationToken));
        Assert.Equal(3, json.RootElement.GetProperty("beds_live").GetInt32());
        Assert.True(json.RootElement.GetProperty("acknowledged").GetInt64() > 20);
        Assert.Empty(json.RootElement.GetProperty("refused").EnumerateObject());
    }

    [Fact]
    public async Task Serve_BrokerRestartedInMidStream_EveryAcknowledgedMessageIsInTheLogOnceInOrder()
    {
        Assert.SkipUnless(Mosquitto.IsInstalled, Mosquitto.Absent);
        await using var broker = await Mosquitto.StartAsync();
        using var data = new DataFolder();
        await using var agent = await ServeAsync(broker, data);
        await ConnectedAsync(agent);
        using var session = new MqttClientSession();

        ulong seq = 0;
        for (var round = 0; round < 3; round++)
        {
            await using (var client = await ConnectAsync(broker, session))
            {
                seq = await PublishAsync(client, seq, count: 500);
                await broker.StopAsync();
                await client.Closed;
            }

            await broker.StartAgainAsync();
        }

        await StopOnceAllHasComeAsync(agent, broker, session, ++seq);
        Assert.Equal(Numbers(seq), await VitalsStream.LoggedSeqsAsync(data.Path));
    }

    [Fact]
    public async Task Kill9_OfTheAgentInMidStream_EveryMessageIsInTheLogOnceInOrder()
    {
        Assert.SkipUnless(Mosquitto.IsInstalled, Mosquitto.Absent);
        await using var broker = await Mosquitto.StartAsync("max_inflight_messages 200");
        using var data = new DataFolder();
        using var session = new MqttClientSession();
        await using (var first = await ServeAsync(broker, data))
        {
            await ConnectedAsync(first);
        }

        ulong seq = 0;
        for (var round = 0; round < 4; round++)
        {
            await using var agent = await ServeAsync(broker, data);
            await using var client = await ConnectAsync(broker, session);
            var before = await MetricAsync(agent, "received");
            var publishing = PublishAsync(client, seq, count: 4_000);
            // In the midst of receiving: some messages are not committed, some committed and not acknowledged.
            await WallPage.UntilAsync(async () => await MetricAsync(agent, "received") > before + 200, TimeSpan.FromSeconds(10), "messages on their way");
            await agent.KillAsync();
            seq = await publishing;
        }

        await using var last = await ServeAsync(broker, data);
        await StopOnceAllHasComeAsync(last, broker, session, ++seq);
        Assert.Equal(Numbers(seq), await VitalsStream.LoggedSeqsAsync(data.Path));
    }

    [Fact]
    public async Task Serve_NoBroker_SaysSoAtHealthzAndComesWhenItDoes()
    {
        Assert.SkipUnless(Mosquitto.IsInstalled, Mosquitto.Absent);
        await using var broker = await Mosquitto.StartAsync();
        await broker.KillAsync();
        using var data = new DataFolder();
        await using var agent = await ServeAsync(broker, data);
        using var http = new HttpClient { BaseAddress = agent.Http };

        await WallPage.UntilAsync(async () => (await HealthAsync(http)).Contains("Connection refused", StringComparison.Ordinal), TimeSpan.FromSeconds(5), "the reason at /healthz");
        await broker.StartAgainAsync();
        await ConnectedAsync(agent);
        await broker.KillAsync();
        await WallPage.UntilAsync(async () => (await HealthAsync(http)).Contains("No connection to the broker", StringComparison.Ordinal), TimeSpan.FromSeconds(5), "the loss at /healthz");
        Assert.Equal(0, await agent.StopAsync());
    }

    [Theory]
    [InlineData("--broker-user", "--broker-user needs --broker", "x")]
    [InlineData("--broker", "is not a broker's address", "http://host")]
    [InlineData("--broker", "is not a broker's address", "mqtt://user:secret@host")]
    [InlineData("--broker-password-file", "can't be read", "/nowhere/at/all", "--broker", "mqtt://127.0.0.1:1")]
    public async Task Serve_BadBrokerOptions_ExitsWith2AndOneSentence(string option, string said, params string[] values)
    {
        var (exitCode, output) = await AgentProcess.RunAsync(["serve", "--port", "0", option, .. values]);

        Assert.Equal(2, exitCode);
        Assert.Contains(said, output, StringComparison.Ordinal);
        Assert.DoesNotContain("secret@", output.Replace("'mqtt://user:secret@host'", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    private static Task<AgentProcess> ServeAsync(Mosquitto broker, DataFolder data, params string[] more) => AgentProcess.StartAsync(
        ["serve", "--broker", $"{broker.Address}", "--broker-client-id", "fieldnet-test", "--port", "0", "--data", data.Path, .. more]);

    private static async Task ConnectedAsync(AgentProcess agent) =>
        await WallPage.UntilAsync(async () => await MetricAsync(agent, "connected", suffix: "") == 1, TimeSpan.FromSeconds(15), "a connection to the broker");

    /// <summary>The last message in the broker's queue shows that all others have come through.</summary>
    private static async Task StopOnceAllHasComeAsync(AgentProcess agent, Mosquitto broker, MqttClientSession session, ulong last)
    {
        await using (var client = await ConnectAsync(broker, session))
        {
            await client.PublishAsync(VitalsStream.Topic, VitalsStream.Payload(last, heartRate: 123), qos: 2, cancellationToken: TestContext.Current.CancellationToken);
        }

        using var http = new HttpClient { BaseAddress = agent.Http };
        await WallPage.UntilAsync(
            async () => (await http.GetStringAsync("/api/ward")).Contains(":123", StringComparison.Ordinal), TimeSpan.FromSeconds(30), "the whole backlog");
        Assert.Equal(0, await agent.StopAsync());
    }

    private static Task<MqttClient> ConnectAsync(Mosquitto broker, MqttClientSession session) => MqttClient.ConnectAsync(
        "127.0.0.1", broker.Port,
        new MqttClientOptions { ClientId = "bed-01", CleanStart = false, SessionExpiry = TimeSpan.FromHours(1), Session = session },
        cancellationToken: TestContext.Current.CancellationToken);

    /// <summary>At QoS 2, so that what the broker has, it has once.</summary>
    private static async Task<ulong> PublishAsync(MqttClient client, ulong seq, int count)
    {
        for (var until = seq + (ulong)count; seq < until;)
        {
            if (client.TryPublish(Topic, VitalsStream.Payload(seq + 1), qos: 2))
            {
                seq++;
            }
            else
            {
                await client.WaitForRoomAsync(TestContext.Current.CancellationToken);
            }
        }

        return seq;
    }

    private static IEnumerable<ulong> Numbers(ulong last) => Enumerable.Range(1, (int)last).Select(n => (ulong)n);

    private static async Task<double> MetricAsync(AgentProcess agent, string name, string suffix = "_total")
    {
        using var http = new HttpClient { BaseAddress = agent.Http };
        var text = await http.GetStringAsync("/metrics", TestContext.Current.CancellationToken);
        var line = text.Split('\n').Single(each => each.StartsWith($"fieldnet_broker_{name}{suffix} ", StringComparison.Ordinal));
        return double.Parse(line[(line.LastIndexOf(' ') + 1)..], System.Globalization.CultureInfo.InvariantCulture);
    }

    private static async Task<string> HealthAsync(HttpClient http)
    {
        using var answer = await http.GetAsync("/healthz", TestContext.Current.CancellationToken);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<int> LiveBedsAsync(HttpClient http)
    {
        using var json = JsonDocument.Parse(await http.GetStringAsync("/api/ward", TestContext.Current.CancellationToken));
        return json.RootElement.GetProperty("beds").EnumerateArray().Count(bed => bed.GetProperty("state").GetString() == "live");
    }
}
