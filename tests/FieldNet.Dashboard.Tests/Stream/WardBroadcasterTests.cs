using System.Reactive.Concurrency;
using FieldNet.Dashboard.Feed;
using FieldNet.Dashboard.Stream;
using FieldNet.Dashboard.Tests.Fakes;
using Microsoft.Extensions.Logging.Abstractions;

namespace FieldNet.Dashboard.Tests.Stream;

public sealed class WardBroadcasterTests : IDisposable
{
    private readonly ManualClock _clock = new();
    private readonly FakeWard _ward;
    private readonly WardFeed _feed;
    private readonly HistoricalScheduler _scheduler = new();
    private readonly FakeAgent _agent = new();
    private readonly WardBroadcaster _broadcaster;

    public WardBroadcasterTests()
    {
        _ward = new FakeWard(_clock);
        _feed = new WardFeed(_ward, _clock);
        _broadcaster = new WardBroadcaster(_feed, _agent, _scheduler, NullLogger<WardBroadcaster>.Instance);
        Publish();
    }

    public void Dispose() => _feed.Dispose();

    [Fact]
    public void Ticks_BeforeTheFirstPublication_AreNone()
    {
        var broadcaster = new WardBroadcaster(new WardFeed(_ward, _clock), _agent, _scheduler, NullLogger<WardBroadcaster>.Instance);
        var ticks = 0;
        using var subscription = broadcaster.Ticks.Subscribe(_ => ticks++);

        _scheduler.AdvanceBy(TimeSpan.FromSeconds(1));

        Assert.Equal(0, ticks);
    }

    [Fact]
    public void Ticks_ProcessorSilent_RepeatTheLastRecord()
    {
        var records = Watch();
        Publish();
        _scheduler.AdvanceBy(TimeSpan.FromMilliseconds(1));

        _scheduler.AdvanceBy(TimeSpan.FromMilliseconds(410));

        Assert.Equal([1L, 2, 2, 2], records);
    }

    [Fact]
    public void Ticks_ProcessorPublishing_AreNotRepeated()
    {
        var records = Watch();

        for (var i = 0; i < 5; i++)
        {
            Publish();
            _scheduler.AdvanceBy(TimeSpan.FromMilliseconds(100));
        }

        Assert.Equal([1L, 2, 3, 4, 5, 6], records);
    }

    [Fact]
    public void Ticks_NobodyWatches_AreNotBuilt()
    {
        var (seen, numbers) = (new List<long>(), new List<long>());
        using (_broadcaster.Ticks.Subscribe(tick => seen.Add(tick.Number)))
        {
            _scheduler.AdvanceBy(TimeSpan.FromMilliseconds(1));
        }

        for (var i = 0; i < 10; i++)
        {
            Publish();
            _scheduler.AdvanceBy(TimeSpan.FromMilliseconds(100));
        }

        using var again = _broadcaster.Ticks.Subscribe(tick => numbers.Add(tick.Number));
        _scheduler.AdvanceBy(TimeSpan.FromMilliseconds(1));
        Assert.Equal([seen[^1] + 1], numbers);
    }

    [Fact]
    public void Ticks_OneCannotBeBuilt_GoOnASecondLater()
    {
        _agent.Broken = true;
        var records = Watch();
        Assert.Empty(records);

        _agent.Broken = false;
        _scheduler.AdvanceBy(TimeSpan.FromMilliseconds(1001));

        Assert.Equal([1L], records);
    }

    [Fact]
    public void Ticks_APublicationWhileTheFirstIsBuilt_IsNotMissed()
    {
        _agent.Asked = () =>
        {
            _agent.Asked = null;
            Publish();
        };

        var records = Watch();
        _scheduler.AdvanceBy(TimeSpan.FromMilliseconds(1));

        Assert.Equal([1L, 2], records);
    }

    private List<long> Watch()
    {
        var records = new List<long>();
        _broadcaster.Ticks.Subscribe(tick => records.Add(tick.Record));
        _scheduler.AdvanceBy(TimeSpan.FromMilliseconds(1));
        return records;
    }

    private void Publish()
    {
        _clock.Advance(TimeSpan.FromMilliseconds(100));
        _ward.Record++;
        _feed.BatchEnd();
    }
}
