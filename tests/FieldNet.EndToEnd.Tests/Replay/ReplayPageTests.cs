using System.Text.Json;
using FieldNet.EndToEnd.Tests.Agent;

namespace FieldNet.EndToEnd.Tests.Replay;

/// <summary>The replay page in a real browser on a running agent, whose own ward must not notice.</summary>
public sealed class ReplayPageTests
{
    private const string HeartRate = "MDC_ECG_HEART_RATE";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Replay_OfTheRunningDemo_PlaysPausesAndScrubsBesideAnUntouchedWard()
    {
        Assert.SkipUnless(WallPage.IsPossible, "Debian's chromium is not installed.");
        using var data = new DataFolder();
        await using var agent = await AgentProcess.StartAsync("demo", "--beds", "3", "--port", "0", "--mqtt-port", "0", "--no-open", "--data", data.Path);
        await using var wall = await WallPage.OpenAsync(agent.Http);
        await WallPage.UntilAsync(async () => await wall.CountAsync("[data-bed][data-state='live']") == 3, Patience, "three live beds");
        await WallPage.UntilAsync(async () => (await WardAsync(agent.Http)).Record > 800, Patience, "some seconds of capture");

        await using var replay = await WallPage.OpenAsync(new Uri(agent.Http, "/replay"));
        await replay.Page.ClickAsync("[data-capture='*live']");
        await WallPage.UntilAsync(async () => await replay.CountAsync("[data-wall][data-health='live'] [data-bed]") == 3, Patience, "a replay that plays");
        await AssertMarkedAsync(replay);

        await replay.Page.Keyboard.PressAsync("Space");
        await WallPage.UntilAsync(() => IsAsync(replay, "paused"), Patience, "the pause");
        Assert.Equal("paused", await replay.HealthAsync());
        await replay.Page.ClickAsync("[data-speed='10']");
        await replay.Page.Keyboard.PressAsync("Home");
        await replay.Page.Keyboard.PressAsync("Space");
        await WallPage.UntilAsync(() => IsAsync(replay, "ended"), Patience, "the end of the capture at ten times the speed");
        await AssertMarkedAsync(replay);

        // Played through or jumped to, the end is the same.
        var played = await NumbersAsync(replay);
        await replay.Page.Keyboard.PressAsync("Home");
        await WallPage.UntilAsync(async () => !await IsAsync(replay, "ended"), Patience, "the beginning");
        await replay.Page.Keyboard.PressAsync("End");
        await WallPage.UntilAsync(async () => await IsAsync(replay, "ended") && await replay.CountAsync("[data-bed]") == 3, Patience, "the end again");
        Assert.Equal(played, await NumbersAsync(replay));

        // The ward goes on as if there were no replay.
        Assert.Equal("live", await wall.HealthAsync());
        Assert.Equal(0, await wall.CountAsync("[data-mode='replay']"));
        var (record, mode) = await WardAsync(agent.Http);
        Assert.Equal("demo", mode);
        await WallPage.UntilAsync(async () => (await WardAsync(agent.Http)).Record > record, Patience, "records that go on");
        Assert.Equal(0, await agent.StopAsync());
        var (exitCode, output) = await AgentProcess.RunAsync("replay", data.Path, "--events", data.File("again.jsonl"));
        Assert.True(exitCode == 0, output);
        Assert.Equal(await File.ReadAllTextAsync(data.File("again.jsonl"), TestContext.Current.CancellationToken), await File.ReadAllTextAsync(data.File("events.jsonl"), TestContext.Current.CancellationToken));
    }

    private static async Task AssertMarkedAsync(WallPage replay)
    {
        Assert.Equal(3, await replay.CountAsync("[data-bed][data-mode='replay'] .watermark:text('REPLAY')"));
        Assert.Equal(3, await replay.CountAsync("[data-bed] .replayed:text('REPLAY')"));
        Assert.Equal(3, await replay.CountAsync("[data-bed][aria-label^='REPLAY, Recorded data, not live']"));
        Assert.Equal(1, await replay.CountAsync(".replay-frame"));
        Assert.StartsWith("REPLAY ", await replay.Page.TitleAsync(), StringComparison.Ordinal);
    }

    private static async Task<bool> IsAsync(WallPage replay, string state) => await replay.CountAsync($".replay-state[data-state='{state}']") == 1;

    private static async Task<string> NumbersAsync(WallPage replay) =>
        string.Join(' ', await Task.WhenAll(Enumerable.Range(1, 3).Select(bed => replay.NumberAsync($"icu1/bed-0{bed}", HeartRate))));

    private static async Task<(long Record, string? Mode)> WardAsync(Uri agent)
    {
        using var http = new HttpClient();
        using var ward = JsonDocument.Parse(await http.GetStringAsync(new Uri(agent, "/api/ward"), TestContext.Current.CancellationToken));
        return (ward.RootElement.GetProperty("record").GetInt64(), ward.RootElement.GetProperty("agent").GetProperty("mode").GetString());
    }
}
