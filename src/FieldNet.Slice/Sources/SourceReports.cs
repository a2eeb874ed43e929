using System.Net.Sockets;
using System.Reactive.Concurrency;
using System.Reactive.Linq;
using FieldNet.Telemetry.Network;

namespace FieldNet.Slice.Sources;

/// <summary>How any source is read for ever: asked again and again, or followed and connected anew.</summary>
/// <param name="name">Of the source.</param>
/// <param name="scheduler">The only source of time.</param>
internal sealed class SourceReports(string name, NetworkSourceKind kind, ReaderCounts counts, IScheduler scheduler)
{
    private const int MaxErrorLength = 160;

    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(250), LongestWait = TimeSpan.FromSeconds(5);

    /// <summary>Asks at a fixed rate; an answer that takes longer than that makes the next question late, never two at a time.</summary>
    /// <param name="patience">An answer that takes longer is none.</param>
    public IObservable<NetworkReport> Poll(Func<CancellationToken, Task<NetworkReport>> ask, TimeSpan every, TimeSpan patience) =>
        Told(Observable.Defer(() =>
        {
            var next = scheduler.Now + every;
            return Observable.FromAsync(ask)
                .Timeout(patience, scheduler)
                .Catch((Exception why) => Observable.Return(Unreached(why, patience)))
                .Concat(Observable.Defer(() => Wait(next - scheduler.Now)));
        }).Repeat());

    /// <summary>Follows a connection as long as it reports, and connects anew: after a quarter of a second, then after twice as long each time, up to five seconds.</summary>
    /// <param name="silence">A connection without a report for so long is given up.</param>
    public IObservable<NetworkReport> Follow(Func<IObservable<NetworkReport>> connect, TimeSpan silence) =>
        Told(Observable.Defer(() =>
        {
            var failures = 0;
            return Observable.Defer(connect)
                .Do(_ => failures = 0)
                .Concat(Observable.Throw<NetworkReport>(new NetworkSourceException("it closed the connection")))
                .Timeout(silence, scheduler)
                .Catch((Exception why) => Observable.Return(Unreached(why, silence)).Concat(Wait(Backoff(failures++))))
                .Repeat();
        }));

    private static TimeSpan Backoff(int failures) => TimeSpan.FromTicks(Math.Min(LongestWait.Ticks, FirstWait.Ticks << Math.Min(failures, 10)));

    /// <summary>Here a fault of the reader's own ends, too: the source counts as not understood, and is tried again.</summary>
    private NetworkReport Unreached(Exception why, TimeSpan patience)
    {
        var cause = why.GetBaseException();
        var words = cause switch
        {
            NetworkSourceException => cause.Message,
            TimeoutException => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"nothing came in {patience.TotalSeconds:0.#} s"),
            SocketException { SocketErrorCode: SocketError.ConnectionRefused } => "connection refused",
            SocketException or IOException or HttpRequestException or System.Net.WebSockets.WebSocketException => cause.Message,
            _ => $"{cause.GetType().Name}: {cause.Message}",
        };
        var line = words.Split('\n', 2)[0].Trim();
        return new NetworkReport { Source = name, Kind = kind, Reached = false, Error = line[..Math.Min(line.Length, MaxErrorLength)] };
    }

    private IObservable<NetworkReport> Told(IObservable<NetworkReport> reports) => Observable.Defer(() =>
    {
        var failures = new FailurePace();
        return reports.Do(report => counts.Count(report.Reached)).Where(report => failures.Passes(report, scheduler.Now));
    });

    private IObservable<NetworkReport> Wait(TimeSpan time) =>
        Observable.Timer(time > TimeSpan.Zero ? time : TimeSpan.Zero, scheduler).SelectMany(_ => Observable.Empty<NetworkReport>());
}
