using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Reactive.Concurrency;
using System.Reactive.Linq;
using System.Reactive.Subjects;
using FieldNet.Slice.Sources;
using FieldNet.Telemetry.Network;

namespace FieldNet.Slice.Tests.Sources;

/// <summary>How sources are asked, followed and come back to, in virtual time.</summary>
public sealed class SourceReportsTests
{
    private static readonly NetworkReport Answer = new() { Source = "amf", Kind = NetworkSourceKind.Amf };

    private readonly HistoricalScheduler _time = new(DateTimeOffset.UnixEpoch);
    private readonly ReaderCounts _counts = new();
    private readonly List<(double At, string What)> _heard = [];

    [Fact]
    public void Poll_AnswersComeAtOnce_AsksAtAFixedRate()
    {
        using var reading = Read(reports => reports.Poll(_ => Task.FromResult(Answer), S(2), S(1)));

        _time.AdvanceBy(S(6.5));

        Assert.Equal([(0, "answer"), (2, "answer"), (4, "answer"), (6, "answer")], _heard);
        Assert.Equal((4, 0), (_counts.Answers, _counts.Failures));
    }

    [Fact]
    public async Task Poll_ASlowAnswer_DelaysTheNextQuestionAndNeverMakesTwo()
    {
        var answers = new ConcurrentQueue<TaskCompletionSource<NetworkReport>>();
        using var reading = Read(reports => reports.Poll(
            _ =>
            {
                var answer = new TaskCompletionSource<NetworkReport>();
                answers.Enqueue(answer);
                return answer.Task;
            },
            S(2),
            S(10)));

        _time.AdvanceBy(S(3));
        Assert.True(answers.TryDequeue(out var first));
        Assert.Empty(answers);
        first.SetResult(Answer);

        // Late already: asked again as soon as the answer is there, which is told on a thread of the pool.
        await Until.TrueAsync(
            () =>
            {
                _time.AdvanceBy(S(0.001));
                return !answers.IsEmpty;
            },
            "the next question");
        Assert.Single(answers);
        Assert.Equal("answer", Assert.Single(_heard).What);
    }

    [Fact]
    public void Poll_NoAnswer_IsAFailureInWords()
    {
        using var reading = Read(reports => reports.Poll(async cancellation =>
        {
            await new TaskCompletionSource().Task.WaitAsync(cancellation);
            return Answer;
        }, S(5), S(2)));

        _time.AdvanceBy(S(2.5));

        Assert.Equal([(2, "nothing came in 2 s")], _heard);
    }

    [Fact]
    public void Poll_Failing_IsSaidAtOnceWhenItChangesAndThenEveryTenSeconds()
    {
        Func<Task<NetworkReport>> ask = () => Task.FromException<NetworkReport>(new HttpRequestException("x", new SocketException((int)SocketError.ConnectionRefused)));
        using var reading = Read(reports => reports.Poll(_ => ask(), S(2), S(1)));

        _time.AdvanceBy(S(13));
        ask = () => Task.FromException<NetworkReport>(new NetworkSourceException("HTTP 500"));
        _time.AdvanceBy(S(4));
        ask = () => Task.FromResult(Answer);
        _time.AdvanceBy(S(2));
        ask = () => Task.FromException<NetworkReport>(new NetworkSourceException("HTTP 500"));
        _time.AdvanceBy(S(2));

        Assert.Equal([(0, "connection refused"), (10, "connection refused"), (14, "HTTP 500"), (18, "answer"), (20, "HTTP 500")], _heard);
        Assert.Equal((1, 10), (_counts.Answers, _counts.Failures));
    }

    [Fact]
    public void Poll_AFaultOfTheReaderItself_EndsNothing()
    {
        var isBroken = true;
        using var reading = Read(reports => reports.Poll(_ => isBroken ? throw new InvalidCastException("of ours\nsecond line") : Task.FromResult(Answer), S(2), S(1)));

        _time.AdvanceBy(S(1));
        isBroken = false;
        _time.AdvanceBy(S(2));

        Assert.Equal([(0, "InvalidCastException: of ours"), (2, "answer")], _heard);
    }

    [Fact]
    public void Follow_NoConnection_ComesBackLaterEachTimeAndForEver()
    {
        var tries = new List<double>();
        using var reading = Read(reports => reports.Follow(
            () =>
            {
                tries.Add(At());
                return Observable.Throw<NetworkReport>(new NetworkSourceException("refused"));
            },
            S(3)));

        _time.AdvanceBy(S(18));

        Assert.Equal([0, 0.25, 0.75, 1.75, 3.75, 7.75, 12.75, 17.75], tries);
        Assert.Equal([(0, "refused"), (12.75, "refused")], _heard);
    }

    [Fact]
    public void Follow_AConnectionThatReported_IsTakenUpAgainAtOnce()
    {
        var connections = new List<Subject<NetworkReport>>();
        using var reading = Read(reports => reports.Follow(
            () =>
            {
                connections.Add(new Subject<NetworkReport>());
                return connections[^1];
            },
            S(3)));

        connections[0].OnError(new NetworkSourceException("gone"));
        _time.AdvanceBy(S(0.25));
        connections[1].OnNext(Answer);
        connections[1].OnCompleted();
        _time.AdvanceBy(S(0.25));
        Assert.Equal(3, connections.Count);
        connections[2].OnNext(Answer);
        _time.AdvanceBy(S(2.9));
        connections[2].OnNext(Answer);
        _time.AdvanceBy(S(3));

        Assert.Equal([(0, "gone"), (0.25, "answer"), (0.25, "it closed the connection"), (0.5, "answer"), (3.4, "answer"), (6.4, "nothing came in 3 s")], _heard);
        Assert.False(connections[2].HasObservers);
    }

    [Fact]
    public void Follow_Unsubscribed_LeavesTheConnection()
    {
        var connection = new Subject<NetworkReport>();
        var reading = Read(reports => reports.Follow(() => connection, S(3)));
        Assert.True(connection.HasObservers);

        reading.Dispose();
        _time.AdvanceBy(S(10));

        Assert.False(connection.HasObservers);
        Assert.Empty(_heard);
    }

    private static TimeSpan S(double seconds) => TimeSpan.FromSeconds(seconds);

    private double At() => (_time.Now - DateTimeOffset.UnixEpoch).TotalSeconds;

    private IDisposable Read(Func<SourceReports, IObservable<NetworkReport>> read) =>
        read(new SourceReports("amf", NetworkSourceKind.Amf, _counts, _time)).Subscribe(report => _heard.Add((At(), report.Reached ? "answer" : report.Error!)));
}
