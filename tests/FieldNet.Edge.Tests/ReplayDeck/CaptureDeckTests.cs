using System.Diagnostics;
using FieldNet.Dashboard.Replay;
using FieldNet.Edge.ReplayDeck;

namespace FieldNet.Edge.Tests.ReplayDeck;

public sealed class CaptureDeckTests : IDisposable
{
    private readonly ShelfFolder _folder = new();
    private readonly MovableTime _time = new();
    private readonly CaptureDeck _deck;

    public CaptureDeckTests()
    {
        _folder.Write("night", 600);
        _deck = new CaptureDeck(_folder.Shelf, _time);
    }

    public void Dispose()
    {
        _deck.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Open_AsFastAsItGoes_ReachesTheEndAndStaysThere()
    {
        var replay = _deck.Open("night")!;
        replay.Control(new ReplayControlDto(null, 0, null));

        await UntilAsync(() => replay.Now.State.State == "ended", "the end");

        Assert.Equal((ShelfFolder.StartUs / 1000d) + 599_000, replay.Now.State.PositionMs);
        Assert.NotNull(replay.Now.Picture);
    }

    [Fact]
    public async Task Control_JumpsBothWaysWhilePaused_StandsAtTheLastRecordBefore()
    {
        var replay = _deck.Open("night")!;
        replay.Control(new ReplayControlDto(Playing: false, null, null));
        foreach (var seconds in (double[])[300.5, 20.2, 599, 0])
        {
            var wanted = (ShelfFolder.StartUs / 1000d) + (seconds * 1000);
            replay.Control(new ReplayControlDto(null, null, wanted));

            var reached = (ShelfFolder.StartUs / 1000d) + (Math.Floor(seconds) * 1000);
            await UntilAsync(() => replay.Now is { Picture: not null, State: { State: "paused" or "ended" } state } && state.PositionMs == reached, $"{seconds} s");
        }
    }

    [Fact]
    public async Task Timeline_OfTheCapture_IsLookedThroughToItsEnd()
    {
        var replay = _deck.Open("night")!;
        replay.Control(new ReplayControlDto(Playing: false, null, null));

        await UntilAsync(() => replay.Timeline.Complete, "the whole timeline");

        Assert.Equal((ShelfFolder.StartUs / 1000d) + 599_000, replay.Timeline.ThroughMs);
    }

    [Fact]
    public void Open_MoreThanMayRun_NoneWhileAllAreWatched()
    {
        using var first = _deck.Open("night")!.Join();
        var second = _deck.Open("night")!;
        var seat = second.Join();
        Assert.Null(_deck.Open("night"));

        seat.Dispose();

        Assert.NotNull(_deck.Open("night"));
        Assert.True(second.Now.HasEnded);
    }

    [Fact]
    public async Task Leave_TheLastViewer_ItEndsByItselfAfterAWhile()
    {
        var replay = _deck.Open("night")!;
        var session = replay.Now.State.Session;
        replay.Join().Dispose();
        Assert.NotNull(_deck.Find(session));

        _time.Advance(TimeSpan.FromSeconds(31));

        await UntilAsync(() => replay.Now.HasEnded, "the end of a replay that nobody watches");
        Assert.Null(_deck.Find(session));
    }

    [Fact]
    public async Task Open_ACaptureThatIsNone_FailsWithASentence()
    {
        File.WriteAllBytes(Path.Combine(_folder.Path, "broken.pcap"), [1, 2, 3, 4, 5]);
        var replay = _deck.Open("broken.pcap")!;

        await UntilAsync(() => replay.Now.State.State == "failed", "the failure");

        Assert.StartsWith("This capture can't be replayed any further: ", replay.Now.State.Failure, StringComparison.Ordinal);
        Assert.Null(replay.Now.Picture);
    }

    private static async Task UntilAsync(Func<bool> condition, string what)
    {
        var watch = Stopwatch.StartNew();
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!condition())
        {
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"waited in vain: {what}");
            await poll.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }

    /// <summary>The system's time, and whatever the test adds to it.</summary>
    private sealed class MovableTime : TimeProvider
    {
        private long _addedTicks;

        public void Advance(TimeSpan by) => Interlocked.Add(ref _addedTicks, by.Ticks);

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Stopwatch.GetElapsedTime(0).Ticks + Volatile.Read(ref _addedTicks);
    }
}
