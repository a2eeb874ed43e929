using System.Text;
using FieldNet.EndToEnd.Tests.Agent;
using FieldNet.EndToEnd.Tests.Clients;

namespace FieldNet.EndToEnd.Tests.Durability;

/// <summary>A real disk that fills under the real agent: what senders are told, what the wall shows, and what is in the log afterwards.</summary>
public sealed class DiskFullTests
{
    private const long Megabyte = 1024 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Serve_DiskFills_TellsMqtt5ShowsAllAndComesBackByItself()
    {
        Tool.Require("/usr/bin/mosquitto_pub", "mosquitto-clients");
        using var disk = SmallDisk.TryMount(megabytes: 32);
        Assert.SkipWhen(disk is null, "no file system can be mounted here: that takes root.");
        await using (var agent = await AgentProcess.StartAsync(
            "serve", "--port", "0", "--mqtt-port", "0", "--data", disk.Data, "--beds", "1", "--log-size", "1GB"))
        {
            using var http = new HttpClient { BaseAddress = agent.Http };
            await PublishAsync(agent, "5", 1);
            await StepAsync(http, 0);

            // The log has no waveforms to give: the ballast goes, and everyone is served from it.
            disk.LeaveFree("filler", Megabyte);
            await StepAsync(http, 2);
            await PublishAsync(agent, "5", 2);
            await PublishAsync(agent, "311", 3);

            disk.LeaveFree("filler2", Megabyte);
            await StepAsync(http, 3);
            var told = await Tool.RunAsync("mosquitto_pub", Arguments(agent, "5", 4));
            Assert.Contains(told, line => line.Contains("uota exceeded", StringComparison.Ordinal));
            await WallPage.UntilAsync(async () => (await http.GetStringAsync("api/ward")).Contains("\"104\"", StringComparison.Ordinal), Patience, "the wall shows what was not logged");
            using (var health = await http.GetAsync("healthz"))
            {
                Assert.Equal(System.Net.HttpStatusCode.ServiceUnavailable, health.StatusCode);
            }

            await using var stalled = Tool.Start("mosquitto_pub", Arguments(agent, "311", 5));
            await PublishAsync(agent, "311", 6, qos: 0);
            await WallPage.UntilAsync(async () => (await http.GetStringAsync("api/ward")).Contains("\"106\"", StringComparison.Ordinal), Patience, "QoS 0 is shown");
            Assert.Empty(stalled.Lines);

            disk.Delete("filler");
            disk.Delete("filler2");
            await stalled.EndAsync();
            await StepAsync(http, 0);
            await PublishAsync(agent, "5", 7);
            await WallPage.UntilAsync(() => Task.FromResult(File.Exists(Path.Combine(disk.Data, "log", "ballast"))), Patience, "the ballast is made again");
            await WallPage.UntilAsync(
                async () => (await File.ReadAllLinesAsync(Path.Combine(disk.Data, "events.jsonl"))).Any(line => line.Contains("\"disk\"", StringComparison.Ordinal) && line.Contains("\"end\"", StringComparison.Ordinal)),
                Patience, "the alarm ends");
            Assert.Equal(0, await agent.StopAsync());
        }

        Assert.Equal([1UL, 2, 3, 5, 7], await VitalsStream.LoggedSeqsAsync(disk.Data));
        await EventsAreTheSameInReplayAsync(disk.Data);
    }

    /// <summary>The space goes all at once, ballast and all, under senders that are in mid-stream.</summary>
    [Fact]
    public async Task Serve_SpaceGoesAtOnce_NothingAcknowledgedIsLostOrDoubled()
    {
        using var disk = SmallDisk.TryMount(megabytes: 16);
        Assert.SkipWhen(disk is null, "no file system can be mounted here: that takes root.");
        var (kept, refused) = (new System.Collections.Concurrent.ConcurrentQueue<ulong>(), new System.Collections.Concurrent.ConcurrentQueue<ulong>());
        await using (var agent = await AgentProcess.StartAsync("serve", "--port", "0", "--mqtt-port", "0", "--data", disk.Data, "--beds", "0", "--log-size", "1GB"))
        {
            await using var client = await Mqtt.Client.MqttClient.ConnectAsync(
                "127.0.0.1", agent.Mqtt.Port,
                new Mqtt.Client.MqttClientOptions { ClientId = "bed-01", Acknowledged = (token, reason) => (reason < Mqtt.Packets.MqttReasonCode.UnspecifiedError ? kept : refused).Enqueue(token) },
                cancellationToken: TestContext.Current.CancellationToken);
            var seq = await SendUntilAsync(client, 0, () => kept.Count > 200);
            disk.LeaveFree("filler", 0);
            seq = await SendUntilAsync(client, seq, () => refused.Count > 500);
            disk.Delete("filler");
            var before = kept.Count;
            await SendUntilAsync(client, seq, () => kept.Count > before + 500);
            Assert.Equal(0, await agent.StopAsync());
        }

        var logged = await VitalsStream.LoggedSeqsAsync(disk.Data);
        Assert.Empty(kept.Except(logged));
        Assert.Equal(logged.Distinct().Order(), logged);
    }

    private static async Task<ulong> SendUntilAsync(Mqtt.Client.MqttClient client, ulong seq, Func<bool> isDone)
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        while (!isDone())
        {
            Assert.True(watch.Elapsed < Patience);
            if (client.TryPublish(Encoding.UTF8.GetBytes(VitalsStream.Topic), VitalsStream.Payload(seq + 1), qos: 1, token: seq + 1))
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

    private static async Task EventsAreTheSameInReplayAsync(string data)
    {
        var live = await File.ReadAllLinesAsync(Path.Combine(data, "events.jsonl"), TestContext.Current.CancellationToken);
        string[] disk = [.. live.Where(line => line.Contains("\"what\":\"disk\"", StringComparison.Ordinal))];
        Assert.Contains("\"phase\":\"start\"", disk[0], StringComparison.Ordinal);
        Assert.Contains("\"phase\":\"end\"", disk[^1], StringComparison.Ordinal);

        var replayed = Path.Combine(data, "replayed.jsonl");
        Assert.Equal(0, (await AgentProcess.RunAsync("replay", data, "--events", replayed)).ExitCode);
        Assert.Equal(
            disk.Select(WithoutNumber),
            (await File.ReadAllLinesAsync(replayed, TestContext.Current.CancellationToken)).Where(line => line.Contains("\"what\":\"disk\"", StringComparison.Ordinal)).Select(WithoutNumber));
    }

    /// <summary>Events are numbered in a row, and what was shown without being logged may have given some.</summary>
    private static string WithoutNumber(string line) => line[line.IndexOf("\"t\"", StringComparison.Ordinal)..];

    private static Task<TimeSpan> StepAsync(HttpClient http, int step) => WallPage.UntilAsync(
        async () => (await http.GetStringAsync("metrics")).Contains($"fieldnet_log_disk_step {step}", StringComparison.Ordinal), Patience, $"step {step}");

    private static async Task PublishAsync(AgentProcess agent, string version, ulong seq, int qos = 1)
    {
        var said = await Tool.RunAsync("mosquitto_pub", Arguments(agent, version, seq, qos));
        Assert.Empty(said);
    }

    private static string[] Arguments(AgentProcess agent, string version, ulong seq, int qos = 1) =>
    [
        "-h", "127.0.0.1", "-p", $"{agent.Mqtt.Port}", "-V", version == "5" ? "mqttv5" : "mqttv311", "-q", $"{qos}", "-t", VitalsStream.Topic,
        "-m", Encoding.UTF8.GetString(VitalsStream.Payload(seq, heartRate: 100 + (int)seq)),
    ];
}
