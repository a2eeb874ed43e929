using System.Diagnostics;
using System.Text;
using FieldNet.Capture.Log;
using FieldNet.Edge.History;
using FieldNet.Telemetry.Records;
using FieldNet.Telemetry.Topics;

namespace FieldNet.Edge.Tests.History;

public sealed class LogFeedTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fieldnet-feed-").FullName;
    private readonly TopicTable _topics = new();
    private readonly CaptureLog _log;
    private long _number;

    public LogFeedTests() => _log = CaptureLog.Open(_folder, new CaptureLogOptions());

    public void Dispose()
    {
        _log.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Run_HandsOverWhatIsCommittedOfItsLanes_AndSaysWhatWasKept()
    {
        var (keeper, kept) = (new ListKeeper(), new List<long>());
        Append("vitals", "wave/MDC_ECG_ELEC_POTL_II", "vitals");
        await RunUntilAsync(keeper, kept, () => keeper.Taken.Count == 2);
        Append("vitals");

        await RunUntilAsync(keeper, kept, () => keeper.Taken.Count == 3);

        Assert.Equal([1, 3, 4], keeper.Taken);
        Assert.Equal([3, 4], kept);
    }

    [Fact]
    public async Task Run_BehindALaggingKeeper_KeepsInPieces()
    {
        var keeper = new ListKeeper();
        Append([.. Enumerable.Repeat("vitals", 45_000)]);

        await RunUntilAsync(keeper, [], () => keeper.Through == 45_000);

        Assert.Equal(3, keeper.Keepings);
        Assert.Equal(Enumerable.Range(1, 45_000).Select(number => (long)number), keeper.Taken);
    }

    private async Task RunUntilAsync(ListKeeper keeper, List<long> kept, Func<bool> done)
    {
        Assert.True(_log.Commit(TimeSpan.FromSeconds(20)));
        using var ending = new CancellationTokenSource();
        var feed = new LogFeed(_log.Disk, _log, keeper, [LogLane.Facts], TimeProvider.System, kept.Add);
        var running = Task.Run(() => feed.RunAsync(ending.Token), TestContext.Current.CancellationToken);
        var watch = Stopwatch.StartNew();
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!done())
        {
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), "waited in vain");
            await poll.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }

        await ending.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    private void Append(params string[] messages)
    {
        foreach (var message in messages)
        {
            var record = new LogRecord
            {
                Number = ++_number, LogTimeUs = _number, ReceiveTimeUs = _number, Kind = RecordKind.Publish, Client = "mon1",
                Topic = _topics.Intern(Encoding.UTF8.GetBytes($"fieldnet/v1/chu/icu1/bed-01/mon1/{message}")), Payload = "{}"u8,
            };
            _log.Append(record, record.Lane);
        }
    }

    private sealed class ListKeeper : IRecordKeeper
    {
        private long _through;

        public long Through => Volatile.Read(ref _through);

        public List<long> Taken { get; } = [];

        public int Keepings { get; private set; }

        public void Take(in LogRecord record) => Taken.Add(record.Number);

        public ValueTask KeepAsync(long through, CancellationToken cancellation)
        {
            Keepings++;
            Volatile.Write(ref _through, through);
            return ValueTask.CompletedTask;
        }
    }
}
