using FieldNet.Dashboard.Tests.Fakes;
using FieldNet.Telemetry.Messages;
using FieldNet.Ward.Views;

namespace FieldNet.Dashboard.Tests.Stream;

/// <summary>The stream through Kestrel, SignalR and a real socket.</summary>
public sealed class WardHubTests : IAsyncLifetime
{
    private DashboardHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await DashboardHost.StartAsync();
        _host.Ward.Set(FakeWard.Bed(0, 72, "MDC_ECG_ELEC_POTL_II"));
        _host.Publish();
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Watch_OverASocket_GivesAFullFrameThenChanges()
    {
        using var page = await HubSocket.WatchAsync(_host.Address);
        var first = await page.NextAsync();
        _host.Ward.Set(FakeWard.Bed(0, heartRate: null));
        new Bedside(_host.Clock, "bed-01").SendWave(_host.Feed, _host.Ward.Record + 1, "MDC_ECG_ELEC_POTL_II", [-1, -32768]);
        _host.Publish();
        var second = await page.NextAsync();
        while (second.Record < _host.Ward.Record)
        {
            second = await page.NextAsync();
        }

        Assert.True(first.Full);
        Assert.Equal("72", first.Beds[0].Numerics[0].Text);
        Assert.False(second.Full);
        Assert.Equal("– –", second.Beds[0].Numerics[0].Text);
        Assert.Equal("stale", second.Beds[0].Numerics[0].State);
    }

    [Fact]
    public async Task Watch_ManyPages_AllSeeTheLastRecord()
    {
        var pages = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => HubSocket.WatchAsync(_host.Address, "icu1/bed-01")));
        for (var i = 0; i < 10; i++)
        {
            _host.Publish();
        }

        await Task.WhenAll(pages.Select(async page =>
        {
            while ((await page.NextAsync()).Record < _host.Ward.Record)
            {
            }
        }));

        Assert.Equal(20, _host.Stream.Viewers);
        Array.ForEach(pages, page => page.Dispose());
        await Deadline.UntilAsync(() => _host.Stream.Viewers == 0, "the server to see that the pages left");
    }

    [Fact]
    public async Task Watch_PageThatNeverReads_IsHeldBackAndLaterSeesTheTruth()
    {
        using var slow = await HubSocket.WatchAsync(_host.Address);
        using var quick = await HubSocket.WatchAsync(_host.Address);
        await quick.NextAsync();
        await Deadline.UntilAsync(() => _host.Stream.Viewers == 2, "both to watch");

        // Half a megabyte a tick, in all far more than sockets and pipes can hold: what a queue held would reach the page later.
        var words = new string('x', 500_000);
        for (var i = 0; i < 120; i++)
        {
            _host.Ward.Set(FakeWard.Bed(0) with { Alarms = [Alarm($"{words}{i}")] });
            _host.Publish(afterMs: 500);
            while ((await quick.NextAsync()).Record < _host.Ward.Record)
            {
            }
        }

        var (frames, sawFull, frame) = (1, false, await slow.NextAsync());
        while (frame.Record < _host.Ward.Record)
        {
            frame = await slow.NextAsync();
            frames++;
            sawFull |= frame.Full;
        }

        Assert.Equal(frames, frame.Sequence);
        Assert.True(frames < 60, $"{frames} frames of 120 reached a page that did not read");
        Assert.True(sawFull, "after more than 8 s the page starts anew");
    }

    [Fact]
    public async Task Watch_ABedThatCannotBe_EndsWithASentence()
    {
        using var page = await HubSocket.WatchAsync(_host.Address, "nowhere");

        var message = await page.NextMessageAsync();

        Assert.Equal(3, message.GetProperty("type").GetInt32());
        Assert.Contains("WARD/BED", message.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://evil.example")]
    [InlineData("http://127.0.0.1:1")]
    [InlineData("null")]
    public async Task Watch_FromAnotherSitesPage_IsRefused(string origin)
    {
        var error = await Assert.ThrowsAsync<System.Net.WebSockets.WebSocketException>(() => HubSocket.WatchAsync(_host.Address, null, origin));

        Assert.Contains("403", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watch_FromTheAgentsOwnPage_IsServed()
    {
        using var page = await HubSocket.WatchAsync(_host.Address, null, _host.Address.GetLeftPart(UriPartial.Authority));

        Assert.True((await page.NextAsync()).Full);
    }

    [Fact]
    public async Task Watch_FromASiteThatIsAllowed_IsServed()
    {
        await using var host = await DashboardHost.StartAsync(options => options.AllowedOrigins.Add("https://ward.example"));
        host.Publish();

        using var page = await HubSocket.WatchAsync(host.Address, null, "https://ward.example");
        await Assert.ThrowsAsync<System.Net.WebSockets.WebSocketException>(() => HubSocket.WatchAsync(host.Address, null, "https://other.example"));

        Assert.True((await page.NextAsync()).Full);
    }

    [Fact]
    public async Task Watch_AMessageBeyondTheLimit_EndsTheConnection()
    {
        using var page = await HubSocket.WatchAsync(_host.Address);
        await page.NextAsync();

        await page.SendAsync($$"""{"type":1,"target":"Watch","arguments":["{{new string('x', 10_000)}}"]}""");

        await Deadline.UntilAsync(() => _host.Stream.Viewers == 0, "the server to hang up");
    }

    [Fact]
    public async Task Watch_TheNetworkPage_GetsTheNetworkAsItChanges()
    {
        using var page = await HubSocket.WatchNetworkAsync(_host.Address);
        var first = await page.NextAsync();
        _host.Ward.Net = FakeNetwork.Silent();
        _host.Publish(afterMs: 1000);
        var next = await page.NextAsync();
        while (next.Network is null)
        {
            next = await page.NextAsync();
        }

        Assert.Empty(first.Network!.Paths);
        Assert.Equal(["icu1/bed-01", "icu1/bed-02"], next.Network.Paths.Select(path => path.Bed));
        Assert.Equal("i1", Assert.Single(next.Incidents!).Id);
        Assert.Empty(next.Waves);
    }

    [Fact]
    public async Task Seen_FromAWallThatHasShownIt_ReachesTheWitnessAndSoDoesItsLeaving()
    {
        var witness = new FakeWitness();
        await using var host = await DashboardHost.StartAsync(witness: witness);
        host.Ward.Net = FakeNetwork.Silent(sequence: 7);
        host.Publish();
        var page = await HubSocket.WatchAsync(host.Address);
        Assert.Equal(7, (await page.NextAsync()).Watchdogs![0].Sequence);

        // The stream goes on meanwhile, and none of these ends it.
        foreach (var arguments in new[] { "\"icu1\",8", "\"nowhere\",7", "null,7", "\"icu1\",7", "\"icu1\",7", "7,\"icu1\"", "\"icu1\"" })
        {
            await page.SendAsync($$"""{"type":1,"target":"Seen","arguments":[{{arguments}}]}""");
        }

        await Deadline.UntilAsync(() => !witness.Heard.IsEmpty, "the witness to hear of it");
        await page.SendAsync("{\"type\":1,\"target\":\"Hidden\",\"arguments\":[]}");
        await Deadline.UntilAsync(() => witness.Heard.Count == 2, "the witness to hear that the page is hidden");
        Assert.NotNull(await page.NextAsync());
        page.Dispose();
        await Deadline.UntilAsync(() => witness.Heard.Count == 3, "the witness to hear that the page left");

        var screen = witness.Heard.First().Split(' ')[0];
        Assert.NotEqual("", screen);
        Assert.Equal([$"{screen} saw icu1 7", $"{screen} left", $"{screen} left"], witness.Heard);
    }

    private static AlarmView Alarm(string text) => new(
        "id", "mon1", AlarmPhase.ActiveUnacknowledged, new AlarmCondition { Id = "a", Priority = AlarmPriority.High, Text = text }, 0);
}
