using System.Reactive.Concurrency;
using System.Reactive.Linq;
using FieldNet.Dashboard.Api;
using FieldNet.Dashboard.Feed;
using FieldNet.Ward.Views;
using Microsoft.Extensions.Logging;

namespace FieldNet.Dashboard.Stream;

/// <summary>The ticks that all viewers share: one for each snapshot, and the last one again when the processor falls silent.</summary>
/// <remarks>
/// Shape: nothing is built while nobody watches. A repeated tick has the old record number and log time, so a page tells a
/// stalled processor from a broken network. Threading: ticks come on the scheduler, one at a time.
/// Errors: a tick that can't be built is logged and tried anew a second later; meanwhile the pages see that nothing comes.
/// </remarks>
internal sealed partial class WardBroadcaster
{
    /// <summary>Twice the snapshots' own pace.</summary>
    private static readonly TimeSpan RepeatAfter = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    public WardBroadcaster(WardFeed feed, IAgentStatus agent, IScheduler scheduler, ILogger<WardBroadcaster> logger)
    {
        var builder = new TickBuilder(feed.Waves, agent);
        Ticks = feed.Snapshots.Conflate(scheduler)
            .SkipWhile(snapshot => snapshot == WardSnapshot.Empty)
            .Select(snapshot => Observable.Interval(RepeatAfter, scheduler).Select(_ => snapshot).StartWith(snapshot))
            .Switch()
            .Select(snapshot => builder.Next(snapshot, feed.LatestNetwork))
            .RetryWhen(errors => errors.Do(error => LogTickFailed(logger, error)).Delay(RetryAfter, scheduler))
            .Publish()
            .RefCount();
    }

    public IObservable<Tick> Ticks { get; }

    [LoggerMessage(EventId = 5001, Level = LogLevel.Error, Message = "No frame could be built for the pages; trying again in a second")]
    private static partial void LogTickFailed(ILogger logger, Exception error);
}
