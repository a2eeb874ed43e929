using FieldNet.EndToEnd.Tests.Agent;

namespace FieldNet.EndToEnd.Tests.Wall;

/// <summary>The main job in a real browser: a ward goes live, a silenced bed is never shown as live, a dead server is noticed.</summary>
public sealed class WallTests
{
    private const string NoChromium = "Debian's chromium is not installed.";
    private const string HeartRate = "MDC_ECG_HEART_RATE";

    [Fact]
    public async Task Demo_Starts_TilesGoLiveAndNumbersChange()
    {
        Assert.SkipUnless(WallPage.IsPossible, NoChromium);
        using var data = new DataFolder();
        await using var agent = await AgentProcess.StartAsync("demo", "--beds", "4", "--port", "0", "--mqtt-port", "0", "--no-open", "--data", data.Path);
        await using var wall = await WallPage.OpenAsync(agent.Http);

        await WallPage.UntilAsync(async () => await wall.CountAsync("[data-bed][data-state='live']") == 4, TimeSpan.FromSeconds(30), "four live beds");
        Assert.Equal("live", await wall.HealthAsync());
        var first = await wall.NumberAsync("icu1/bed-01", HeartRate);
        Assert.Matches("^[0-9]+$", first);
        await WallPage.UntilAsync(async () => await wall.NumberAsync("icu1/bed-01", HeartRate) != first, TimeSpan.FromSeconds(30), "a heart rate that changes");
    }

    [Fact]
    public async Task Simulate_BedIsSilenced_GoesLateStaleLostAndComesBack()
    {
        Assert.SkipUnless(WallPage.IsPossible, NoChromium);
        using var data = new DataFolder();
        await using var agent = await AgentProcess.StartAsync("serve", "--port", "0", "--mqtt-port", "0", "--data", data.Path);
        await File.WriteAllTextAsync(data.File("faults.jsonl"), """{"at":"8s","for":"14s","what":"silent","subject":"demo/icu1/bed-02"}""" + "\n", TestContext.Current.CancellationToken);
        await using var wall = await WallPage.OpenAsync(agent.Http);
        var beds = AgentProcess.RunAsync("simulate", "--to", $"mqtt://127.0.0.1:{agent.Mqtt.Port}", "--beds", "3", "--for", "32s", "--faults", data.File("faults.jsonl"));
        await WallPage.UntilAsync(async () => await wall.CountAsync("[data-bed][data-state='live']") == 3, TimeSpan.FromSeconds(30), "three live beds");

        foreach (var state in (string[])["late", "stale", "lost"])
        {
            await WallPage.UntilAsync(async () => await wall.StateAsync("icu1/bed-02") == state, TimeSpan.FromSeconds(20), state);
            Assert.Equal("live", await wall.StateAsync("icu1/bed-01"));
        }

        Assert.Equal("– –", await wall.NumberAsync("icu1/bed-02", HeartRate));
        Assert.Equal("lost", await wall.Tile("icu1/bed-02").GetAttributeAsync("data-link"));
        await WallPage.UntilAsync(async () => await wall.StateAsync("icu1/bed-02") == "live", TimeSpan.FromSeconds(20), "live again");
        Assert.Equal(0, (await beds).ExitCode);
    }

    [Fact]
    public async Task Agent_IsKilled_BannerRisesWithinFiveSeconds()
    {
        Assert.SkipUnless(WallPage.IsPossible, NoChromium);
        using var data = new DataFolder();
        await using var agent = await AgentProcess.StartAsync("demo", "--beds", "2", "--port", "0", "--mqtt-port", "0", "--no-open", "--data", data.Path);
        await using var wall = await WallPage.OpenAsync(agent.Http);
        await WallPage.UntilAsync(async () => await wall.CountAsync("[data-bed][data-state='live']") == 2, TimeSpan.FromSeconds(30), "two live beds");

        await agent.KillAsync();

        await WallPage.UntilAsync(async () => await wall.HealthAsync() == "frozen", TimeSpan.FromSeconds(5), "the frozen banner");
        await WallPage.UntilAsync(async () => await wall.NumberAsync("icu1/bed-01", HeartRate) == "– –", TimeSpan.FromSeconds(5), "no value on a frozen wall");
    }

    [Fact]
    public async Task Agent_IsStoppedInItsTracks_BannerRisesAndGoesWhenItGoesOn()
    {
        Assert.SkipUnless(WallPage.IsPossible, NoChromium);
        using var data = new DataFolder();
        await using var agent = await AgentProcess.StartAsync("demo", "--beds", "2", "--port", "0", "--mqtt-port", "0", "--no-open", "--data", data.Path);
        await using var wall = await WallPage.OpenAsync(agent.Http);
        await WallPage.UntilAsync(async () => await wall.CountAsync("[data-bed][data-state='live']") == 2, TimeSpan.FromSeconds(30), "two live beds");

        await agent.PauseAsync();
        await WallPage.UntilAsync(async () => await wall.HealthAsync() == "frozen", TimeSpan.FromSeconds(5), "the frozen banner");
        await agent.ResumeAsync();

        await WallPage.UntilAsync(
            async () => await wall.HealthAsync() == "live" && await wall.CountAsync("[data-bed][data-state='live']") == 2, TimeSpan.FromSeconds(15), "a live wall again");
        await agent.StopAsync();
        Assert.DoesNotContain("\"silent\"", await File.ReadAllTextAsync(data.File("events.jsonl"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }
}
