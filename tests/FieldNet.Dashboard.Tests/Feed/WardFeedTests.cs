using FieldNet.Dashboard.Feed;
using FieldNet.Dashboard.Stream;
using FieldNet.Dashboard.Tests.Fakes;
using FieldNet.Telemetry.Records;
using FieldNet.Telemetry.Topics;
using FieldNet.Ward.Views;

namespace FieldNet.Dashboard.Tests.Feed;

public sealed class WardFeedTests : IDisposable
{
    private const string Ecg = "MDC_ECG_ELEC_POTL_II";

    private static readonly WaveName EcgOfBed1 = new("chu/icu1/bed-01/mon1", Ecg);

    private readonly ManualClock _clock = new();
    private readonly FakeWard _ward;
    private readonly WardFeed _feed;
    private readonly Bedside _bedside;

    public WardFeedTests()
    {
        _ward = new FakeWard(_clock);
        _feed = new WardFeed(_ward, _clock);
        _bedside = new Bedside(_clock, "bed-01");
    }

    public void Dispose() => _feed.Dispose();

    [Fact]
    public void Apply_AWaveRecord_KeepsItsSamplesUnderItsNumber()
    {
        _bedside.SendWave(_feed, record: 5, Ecg, [1, 2, 3]);

        Assert.Empty(Read(0, 4));
        var piece = Assert.Single(Read(4, 5));
        Assert.Equal([1, 0, 2, 0, 3, 0], piece.Data.ToArray());
        Assert.Equal((0.005, 4000d), (piece.Gain, piece.SamplePeriodUs));
        Assert.Equal((_clock.NowUs - 12_000) / 1000d, piece.TimeMs);
    }

    [Fact]
    public void Apply_MalformedOrForeign_DrawsNothingAndRefusesNothing()
    {
        _bedside.Send(_feed, 1, $"wave/{Ecg}", [0xff, 0xff]);
        _bedside.Send(_feed, 2, "nonsense", [1]);
        _bedside.Send(_feed, 3, "vitals", [0xff]);

        Assert.Null(_feed.Waves.Find(EcgOfBed1));
    }

    [Fact]
    public void BatchEnd_ThreeSecondsOfBatches_AsksForTheNetworkOnceASecond()
    {
        for (var i = 0; i < 30; i++)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(100));
            _feed.BatchEnd();
        }

        Assert.Equal(3, _ward.NetworksTaken);
    }

    [Fact]
    public void BatchEnd_BehindAWatchdogsAlarm_AsksForTheNetworkWithTheNextSnapshot()
    {
        _feed.BatchEnd();
        _clock.Advance(TimeSpan.FromMilliseconds(100));
        _feed.Apply(new LogRecord
        {
            Number = 1,
            LogTimeUs = _clock.NowUs,
            ReceiveTimeUs = _clock.NowUs,
            Kind = RecordKind.Publish,
            Topic = new TopicTable().Intern("fieldnet/v1/chu/icu1/_watchdog/alarm"u8),
            Payload = [1],
        });
        _feed.BatchEnd();

        Assert.Equal(2, _ward.NetworksTaken);
    }

    [Fact]
    public void Publish_BeforeAStandstill_TakesTheNetworkToo()
    {
        _feed.BatchEnd();
        _ward.Net = FakeNetwork.Silent();
        _feed.Publish();

        Assert.Same(_ward.Net, _feed.LatestNetwork);
    }

    [Fact]
    public void Apply_StampedRecords_NotesWhenTheyWereSent()
    {
        _bedside.SendWave(_feed, 1, Ecg, [1], delayUs: 40);
        _bedside.SendVitals(_feed, 2, 72, delayUs: 30);
        _bedside.SendVitals(_feed, 3, 72, delayUs: 20);

        var sentUs = new long[SentTimes.Capacity];
        var count = _feed.Sent.Copy(after: 1, through: 3, sentUs);

        Assert.Equal([_clock.NowUs - 20, _clock.NowUs - 30], sentUs[..count]);
    }

    [Fact]
    public void BatchEnd_AtAnyPace_PublishesTenTimesASecond()
    {
        var published = new List<WardSnapshot>();
        using var subscription = _feed.Snapshots.Subscribe(published.Add);

        for (var i = 0; i < 100; i++)
        {
            _feed.BatchEnd();
            _clock.Advance(TimeSpan.FromMilliseconds(10));
        }

        Assert.Same(WardSnapshot.Empty, published[0]);
        Assert.Equal(10, published.Count - 1);
        Assert.Same(published[^1], _feed.Latest);
    }

    private List<WaveDto> Read(long after, long through)
    {
        var pieces = new List<WaveDto>();
        _feed.Waves.Find(EcgOfBed1)!.Read(after, through, 0, 0, pieces);
        return pieces;
    }
}
