using System.Reactive.Concurrency;
using System.Reactive.Subjects;
using FieldNet.Dashboard.Stream;
using FieldNet.Dashboard.Tests.Fakes;

namespace FieldNet.Dashboard.Tests.Stream;

public sealed class ConflationTests : IDisposable
{
    private readonly Subject<string> _source = new();

    public void Dispose() => _source.Dispose();

    [Fact]
    public void Conflate_ObserverBusy_GetsOnlyTheNewest()
    {
        var scheduler = new HistoricalScheduler();
        var seen = new List<string>();
        using var subscription = _source.Conflate(scheduler).Subscribe(seen.Add);

        _source.OnNext("a");
        _source.OnNext("b");
        Assert.Empty(seen);
        scheduler.Start();
        _source.OnNext("c");
        scheduler.Start();

        Assert.Equal(["b", "c"], seen);
    }

    [Fact]
    public async Task Conflate_ManyValuesFromAnotherThread_EndsWithTheLastAndNeverOverlaps()
    {
        var (last, inside, overlaps) = ("", 0, 0);
        using var subscription = _source.Conflate(TaskPoolScheduler.Default).Subscribe(value =>
        {
            overlaps += Interlocked.Increment(ref inside) - 1;
            Volatile.Write(ref last, value);
            Interlocked.Decrement(ref inside);
        });

        for (var i = 0; i <= 100_000; i++)
        {
            _source.OnNext(i.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        await Deadline.UntilAsync(() => Volatile.Read(ref last) == "100000", "the last value");
        Assert.Equal(0, overlaps);
    }

    [Fact]
    public async Task Newest_SlowReader_MissesWhatCameBetween()
    {
        await using var reader = _source.Newest(TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        var first = reader.MoveNextAsync();

        _source.OnNext("a");
        Assert.True(await first);
        _source.OnNext("b");
        _source.OnNext("c");

        Assert.True(await reader.MoveNextAsync());
        Assert.Equal("c", reader.Current);
    }

    [Fact]
    public async Task Newest_ReaderLeaves_IsUnsubscribed()
    {
        await using (var reader = _source.Newest(default).GetAsyncEnumerator(TestContext.Current.CancellationToken))
        {
            var first = reader.MoveNextAsync();
            Assert.True(_source.HasObservers);
            _source.OnNext("a");
            await first;
        }

        Assert.False(_source.HasObservers);
    }
}
