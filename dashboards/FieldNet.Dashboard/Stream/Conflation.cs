using System.Reactive.Concurrency;
using System.Reactive.Disposables;
using System.Reactive.Linq;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace FieldNet.Dashboard.Stream;

/// <summary>Newest-wins hand-over from a fast source to a slower reader.</summary>
/// <remarks>Full policy: one value is kept, the newest. Rx's own ObserveOn and ToAsyncEnumerable queue without bound.</remarks>
internal static class Conflation
{
    /// <summary>Moves a source to a scheduler; values that come while the observer is busy replace each other.</summary>
    /// <remarks>Threading: the source's thread does no more than store the value and, at most, schedule.</remarks>
    public static IObservable<T> Conflate<T>(this IObservable<T> source, IScheduler scheduler)
        where T : class
    {
        return Observable.Create<T>(observer =>
        {
            T? newest = null;
            var draining = 0;
            var drain = new SerialDisposable();
            return new CompositeDisposable(drain, source.Subscribe(Offer, observer.OnError, observer.OnCompleted));

            void Offer(T value)
            {
                Interlocked.Exchange(ref newest, value);
                if (Interlocked.Exchange(ref draining, 1) == 0)
                {
                    drain.Disposable = scheduler.Schedule(Drain);
                }
            }

            void Drain()
            {
                // Whoever offers before the flag is lowered is seen by the first loop; whoever offers after it, by the second look.
                do
                {
                    while (Interlocked.Exchange(ref newest, null) is { } value)
                    {
                        observer.OnNext(value);
                    }

                    Interlocked.Exchange(ref draining, 0);
                }
                while (Volatile.Read(ref newest) is not null && Interlocked.Exchange(ref draining, 1) == 0);
            }
        });
    }

    /// <summary>Reads a source at the reader's own speed; what it was too slow for, it misses.</summary>
    public static async IAsyncEnumerable<T> Newest<T>(this IObservable<T> source, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var slot = Channel.CreateBounded<T>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        using var subscription = source.Subscribe(
            value => slot.Writer.TryWrite(value), error => slot.Writer.TryComplete(error), () => slot.Writer.TryComplete());
        await foreach (var value in slot.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return value;
        }
    }
}
