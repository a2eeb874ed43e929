using System.Net.Sockets;
using System.Text;
using FieldNet.EndToEnd.Tests.Agent;
using FieldNet.Mqtt.Client;
using FieldNet.Mqtt.Packets;

namespace FieldNet.EndToEnd.Tests.Input;

/// <summary>Whatever arrives is counted by its reason, changes no other bed and ends nothing.</summary>
public sealed class BadInputTests
{
    private const string Good = """{"numerics":[{"signal":"MDC_PULS_OXIM_SAT_O2","value":97},{"signal":"MDC_ECG_HEART_RATE","value":72}]}""";

    [Fact]
    public async Task Publish_BadInputOfEachKind_IsCountedByReasonAndLogged()
    {
        using var data = new DataFolder();
        await using var agent = await AgentProcess.StartAsync("serve", "--port", "0", "--mqtt-port", "0", "--data", data.Path);
        using var http = new HttpClient { BaseAddress = agent.Http };
        using var halfOpen = new TcpClient();
        await halfOpen.ConnectAsync("127.0.0.1", agent.Mqtt.Port, TestContext.Current.CancellationToken);
        await using var client = await MqttClient.ConnectAsync("127.0.0.1", agent.Mqtt.Port, new MqttClientOptions { ClientId = "bad" }, cancellationToken: TestContext.Current.CancellationToken);

        await PublishAsync(client, "fieldnet/v1/chu/icu1/bed-03/mon1/vitals", Good);
        await PublishAsync(client, "fieldnet/v1/chu/icu1/bed-03/mon1/vitals", "{\"numerics\":[");
        await PublishAsync(client, "fieldnet/v1/chu/icu1/bed 03/mon1/vitals", Good);
        await PublishAsync(client, "fieldnet/v1/chu/icu1/bed-09/mon1/vitals", """{"numerics":[{"signal":"MDC_PULS_OXIM_SAT_O2","value":970}]}""");
        await SendHugePacketAsync(agent.Mqtt.Port);

        string[] reasons = ["payload_malformed_json", "topic_outside_grammar", "value_out_of_range", "packet_too_large", "connect_timeout"];
        foreach (var reason in reasons)
        {
            await WallPage.UntilAsync(
                async () => (await http.GetStringAsync("/metrics")).Contains($"fieldnet_refused_total{{reason=\"{reason}\"}} 1", StringComparison.Ordinal),
                TimeSpan.FromSeconds(15), $"{reason} counted once");
        }

        var ward = await http.GetStringAsync("/api/ward", TestContext.Current.CancellationToken);
        Assert.Contains("icu1/bed-03", ward, StringComparison.Ordinal);
        Assert.DoesNotContain("bed-09", ward, StringComparison.Ordinal);
        Assert.Equal(0, await agent.StopAsync());
        var records = await AgentProcess.RunAsync("inspect", data.Path, "--records", "-");
        Assert.Contains("packet_too_large", Decoded(records.Output), StringComparison.Ordinal);
        Assert.Contains("connect_timeout", Decoded(records.Output), StringComparison.Ordinal);
        Assert.Contains("970", Decoded(records.Output), StringComparison.Ordinal);
    }

    [Fact]
    public async Task MosquittoPub_LineOfJson_AppearsOnTheWall()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/mosquitto_pub"), "Debian's mosquitto-clients is not installed.");
        Assert.SkipUnless(WallPage.IsPossible, "Debian's chromium is not installed.");
        using var data = new DataFolder();
        await using var agent = await AgentProcess.StartAsync("serve", "--port", "0", "--mqtt-port", "0", "--data", data.Path);
        await using var wall = await WallPage.OpenAsync(agent.Http);

        using var pub = System.Diagnostics.Process.Start("mosquitto_pub", ["-p", $"{agent.Mqtt.Port}", "-q", "1", "-t", "fieldnet/v1/chu/icu1/bed-03/mon1/vitals", "-m", Good]);
        await pub.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, pub.ExitCode);
        await WallPage.UntilAsync(async () => await wall.CountAsync("[data-bed='icu1/bed-03']") == 1, TimeSpan.FromSeconds(5), "the tile");
        Assert.Equal("97", await wall.NumberAsync("icu1/bed-03", "MDC_PULS_OXIM_SAT_O2"));
        await WallPage.UntilAsync(async () => await wall.NumberAsync("icu1/bed-03", "MDC_PULS_OXIM_SAT_O2") == "– –", TimeSpan.FromSeconds(15), "a value that goes when it is old");
    }

    private static Task<MqttReasonCode> PublishAsync(MqttClient client, string topic, string payload) =>
        client.PublishAsync(topic, Encoding.UTF8.GetBytes(payload), qos: 1, cancellationToken: TestContext.Current.CancellationToken);

    /// <summary>A CONNECT that announces 256 MB.</summary>
    private static async Task SendHugePacketAsync(int port)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync("127.0.0.1", port, TestContext.Current.CancellationToken);
        await socket.GetStream().WriteAsync(new byte[] { 0x10, 0xFF, 0xFF, 0xFF, 0x7F }, TestContext.Current.CancellationToken);
        _ = await socket.GetStream().ReadAsync(new byte[16], TestContext.Current.CancellationToken);
    }

    private static string Decoded(string records)
    {
        var text = new StringBuilder();
        foreach (var line in records.Split('\n').Where(line => line.StartsWith('{')))
        {
            using var record = System.Text.Json.JsonDocument.Parse(line);
            text.AppendLine(Encoding.UTF8.GetString(record.RootElement.GetProperty("payload_base64").GetBytesFromBase64()));
        }

        return text.ToString();
    }
}
