using System.Text;
using System.Text.Json;
using FieldNet.EndToEnd.Tests.Agent;

namespace FieldNet.EndToEnd.Tests.Replay;

/// <summary>P4 under a site's own limits: they are in the log, so whoever replays it needs no file beside it.</summary>
public sealed class SiteLimitsTests
{
    [Fact]
    public async Task Replay_OfARunWithItsOwnLimits_GivesTheLiveRunsEventsWithoutBeingToldThem()
    {
        using var data = new DataFolder();
        var site = data.File("site.yaml");
        await File.WriteAllTextAsync(site, "ages:\n  device_lost_s: 2\nlink:\n  delay_on_ms: 1\n  delay_off_ms: 0.5\n  hold_s: 0\n", TestContext.Current.CancellationToken);
        await using (var agent = await AgentProcess.StartAsync("serve", "--config", site, "--port", "0", "--mqtt-port", "0", "--data", data.Path))
        {
            await AgentProcess.RunAsync("simulate", "--to", $"mqtt://127.0.0.1:{agent.Mqtt.Port}", "--beds", "3", "--for", "6s", "--seed", "4", "--demo-script");
            Assert.Equal(0, await agent.StopAsync());
        }

        var live = await File.ReadAllTextAsync(data.File("events.jsonl"), TestContext.Current.CancellationToken);
        Assert.NotEmpty(live);
        Assert.Equal(2_000_000, (await SettingsAsync(data.Path)).GetProperty("ages").GetProperty("device_lost_us").GetInt64());
        Assert.Equal(live, await ReplayedAsync(data));
    }

    private static async Task<string> ReplayedAsync(DataFolder data)
    {
        var events = data.File("replayed.jsonl");
        Assert.Equal(0, (await AgentProcess.RunAsync("replay", data.Path, "--events", events)).ExitCode);
        return await File.ReadAllTextAsync(events, TestContext.Current.CancellationToken);
    }

    /// <summary>What the record of the agent's start says of its limits.</summary>
    private static async Task<JsonElement> SettingsAsync(string folder)
    {
        var (exitCode, output) = await AgentProcess.RunAsync("inspect", folder, "--records", "-");
        Assert.Equal(0, exitCode);
        using var record = JsonDocument.Parse(output.Split('\n').First(line => line.Contains("\"kind\":\"agent_start\"", StringComparison.Ordinal)));
        using var start = JsonDocument.Parse(Encoding.UTF8.GetString(record.RootElement.GetProperty("payload_base64").GetBytesFromBase64()));
        return start.RootElement.GetProperty("settings").Clone();
    }
}
