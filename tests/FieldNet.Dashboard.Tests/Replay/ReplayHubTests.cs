using FieldNet.Dashboard.Replay;
using FieldNet.Dashboard.Tests.Fakes;

namespace FieldNet.Dashboard.Tests.Replay;

/// <summary>A replay's stream through Kestrel, SignalR and a real socket.</summary>
public sealed class ReplayHubTests : IAsyncLifetime
{
    private readonly FakeDeck _deck = new();
    private DashboardHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await DashboardHost.StartAsync(deck: _deck);
        _deck.Ward.Set(FakeWard.Bed(0, heartRate: 61));
        _deck.Publish();
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Watch_AReplay_EveryBedAndTheAgentAreMarked()
    {
        using var page = await HubSocket.WatchReplayAsync(_host.Address, FakeDeck.Session);
        var (replay, ward) = await page.NextAsync<ReplayFrame>();

        Assert.Equal("playing", replay.State);
        Assert.True(ward!.Full);
        Assert.Equal("61", ward.Beds[0].Numerics[0].Text);
        Assert.Equal(("replay", "replay"), (ward.Beds[0].Mode, ward.Agent!.Mode));
    }

    [Fact]
    public async Task Watch_AReplay_ItsOwnIncidentsAndNoneOfTheLiveWards()
    {
        _deck.Ward.Net = FakeNetwork.Silent();
        _deck.Feed.Publish();
        using var page = await HubSocket.WatchReplayAsync(_host.Address, FakeDeck.Session);
        using var wall = await HubSocket.WatchAsync(_host.Address);

        Assert.Equal("i1", Assert.Single((await page.NextAsync<ReplayFrame>()).Ward!.Incidents!).Id);
        _host.Publish();
        Assert.Empty((await wall.NextAsync()).Incidents!);
    }

    [Fact]
    public async Task Watch_AReplay_TheLiveWardKnowsNothingOfIt()
    {
        _host.Ward.Set(FakeWard.Bed(0, heartRate: 99));
        _host.Publish();
        using var page = await HubSocket.WatchReplayAsync(_host.Address, FakeDeck.Session);
        await page.NextAsync<ReplayFrame>();
        using var wall = await HubSocket.WatchAsync(_host.Address);

        var live = await wall.NextAsync();

        Assert.Equal("99", live.Beds[0].Numerics[0].Text);
        Assert.Equal(("demo", "demo"), (live.Beds[0].Mode, live.Agent!.Mode));
        Assert.Equal(1, _host.Stream.Viewers);
    }

    [Fact]
    public async Task Watch_PausedReplay_FramesGoOnAndSayTheSame()
    {
        using var page = await HubSocket.WatchReplayAsync(_host.Address, FakeDeck.Session);
        var first = (await page.NextAsync<ReplayFrame>()).Ward!;
        _deck.State = _deck.State with { State = "paused", Playing = false };

        var next = await page.NextAsync<ReplayFrame>();
        while (next.Replay.State != "paused")
        {
            next = await page.NextAsync<ReplayFrame>();
        }

        Assert.Equal((first.Record, first.LogTimeMs), (next.Ward!.Record, next.Ward.LogTimeMs));
        Assert.Equal(next.Ward.Sequence + 1, (await page.NextAsync<ReplayFrame>()).Ward!.Sequence);
    }

    [Fact]
    public async Task Watch_AJump_NothingToSeeThenAFullFrame()
    {
        using var page = await HubSocket.WatchReplayAsync(_host.Address, FakeDeck.Session);
        await page.NextAsync<ReplayFrame>();
        (_deck.State, _deck.Picture) = (_deck.State with { State = "seeking" }, null);
        while ((await page.NextAsync<ReplayFrame>()).Ward is not null)
        {
        }

        (_deck.State, _deck.Picture) = (_deck.State with { State = "playing" }, new ReplayPicture(_deck.Feed));
        var frame = await page.NextAsync<ReplayFrame>();
        while (frame.Ward is null)
        {
            frame = await page.NextAsync<ReplayFrame>();
        }

        Assert.True(frame.Ward.Full);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(10, true)]
    [InlineData(60, false)]
    [InlineData(0, false)]
    public async Task Watch_ASpeed_WaveformsOnlyUpToTenTimes(double speed, bool expected)
    {
        _deck.Ward.Set(FakeWard.Bed(0, 61, "MDC_ECG_ELEC_POTL_II"));
        _deck.State = _deck.State with { Speed = speed };
        new Bedside(_host.Clock, "bed-01").SendWave(_deck.Feed, _deck.Ward.Record, "MDC_ECG_ELEC_POTL_II", [1, 2, 3]);
        _deck.Publish();

        using var page = await HubSocket.WatchReplayAsync(_host.Address, FakeDeck.Session);

        Assert.Equal(expected, (await page.NextAsync<ReplayFrame>()).Ward!.Waves.Count > 0);
    }

    [Fact]
    public async Task Watch_PageLeaves_IsNoViewerAnyMore()
    {
        var page = await HubSocket.WatchReplayAsync(_host.Address, FakeDeck.Session);
        await page.NextAsync<ReplayFrame>();
        Assert.Equal(1, _deck.Viewers);

        page.Dispose();

        await Deadline.UntilAsync(() => _deck.Viewers == 0, "the replay to see that the page left");
    }

    [Fact]
    public async Task Watch_AReplayThatHasEnded_EndsWithASentence()
    {
        using var page = await HubSocket.WatchReplayAsync(_host.Address, "gone");

        Assert.Contains("has ended", (await page.NextMessageAsync()).GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watch_FromAnotherSitesPage_IsRefused() =>
        await Assert.ThrowsAsync<System.Net.WebSockets.WebSocketException>(() => HubSocket.WatchReplayAsync(_host.Address, FakeDeck.Session, null, "http://evil.example"));
}
