using FieldNet.Dashboard.Feed;
using FieldNet.Dashboard.Stream;
using FieldNet.Dashboard.Tests.Fakes;
using FieldNet.Ward.Views;

namespace FieldNet.Dashboard.Tests.Stream;

/// <summary>What a viewer gets for the ticks that it saw and those that it missed.</summary>
public sealed class ViewerTests : IDisposable
{
    private const string Ecg = "MDC_ECG_ELEC_POTL_II";

    private readonly ManualClock _clock = new();
    private readonly FakeWard _ward;
    private readonly WardFeed _feed;
    private readonly Bedside _bedside;
    private readonly TickBuilder _builder;
    private readonly Viewer _viewer = new(bed: null);
    private NetworkView _network = NetworkView.Empty;

    public ViewerTests()
    {
        _ward = new FakeWard(_clock);
        _feed = new WardFeed(_ward, _clock);
        _bedside = new Bedside(_clock, "bed-01");
        _builder = new TickBuilder(_feed.Waves, new FakeAgent());
        _ward.Set(FakeWard.Bed(0, 72, Ecg));
        _ward.Set(FakeWard.Bed(1));
        _viewer.Next(Tick());
    }

    public void Dispose() => _feed.Dispose();

    [Fact]
    public void Next_EveryTickSeen_GivesWhatEachBrought()
    {
        _ward.Set(FakeWard.Bed(1, heartRate: 80));

        var frame = _viewer.Next(Tick());

        Assert.Equal((false, 1, 25), (frame.Full, frame.Beds.Count, Samples(frame)));
        Assert.Empty(_viewer.Next(Tick()).Beds);
    }

    [Fact]
    public void Next_TicksMissed_GivesTheirBedsOnceAndAllTheirWaves()
    {
        for (var i = 0; i < 9; i++)
        {
            _ward.Set(FakeWard.Bed(1, heartRate: 80 + i));
            Tick();
        }

        var frame = _viewer.Next(Tick());

        Assert.Equal((false, 250), (frame.Full, Samples(frame)));
        Assert.Equal("88", Assert.Single(frame.Beds).Numerics[0].Text);
        Assert.Equal(2, frame.Sequence);
    }

    [Fact]
    public void Next_EightSecondsMissed_StartsAnewWithEightSecondsOfWaves()
    {
        for (var i = 0; i < 200; i++)
        {
            Tick();
        }

        var frame = _viewer.Next(Tick());

        Assert.Equal((true, 2), (frame.Full, frame.Beds.Count));
        Assert.InRange(Samples(frame), 1950, 2025);
        Assert.NotNull(frame.Agent);
    }

    [Fact]
    public void Delta_OfOneTick_IsBuiltOnceForAllViewers()
    {
        var tick = Tick();

        Assert.Same(tick.Delta(1, null).Waves, tick.Delta(2, null).Waves);
        Assert.Same(tick.Delta(1, "icu1/bed-01").Waves, tick.Delta(2, "icu1/bed-01").Waves);
        Assert.Same(tick.Delta(1, null).Beds, tick.Delta(1, "icu1/bed-01").Beds);
    }

    [Fact]
    public void Next_TheSameSnapshotAgain_BringsNothingTwice()
    {
        var snapshot = Snapshot();
        _viewer.Next(_builder.Next(snapshot, NetworkView.Empty));

        var frame = _viewer.Next(_builder.Next(snapshot, NetworkView.Empty));

        Assert.Equal((3, 0, 0), (frame.Sequence, frame.Beds.Count, frame.Waves.Count));
        Assert.Equal(snapshot.Record, frame.Record);
    }

    [Fact]
    public void Next_ABedOfAnotherSite_GetsItsOwnWaves()
    {
        _ward.Set(FakeWard.Bed(0, 72, Ecg) with { Key = "elsewhere/icu1/bed-01" });

        Assert.Empty(_viewer.Next(Tick()).Waves);
    }

    [Fact]
    public void Next_ANewNetwork_EveryViewerHearsOfItsOpenIncidentsOnce()
    {
        _network = FakeNetwork.Silent();

        var frame = _viewer.Next(Tick());

        Assert.Equal("i1", Assert.Single(frame.Incidents!).Id);
        Assert.Equal(("icu1", 7), (frame.Watchdogs![0].Ward, frame.Watchdogs[0].Sequence));
        Assert.Null(frame.Network);
        Assert.Null(_viewer.Next(Tick()).Incidents);
    }

    [Fact]
    public void Next_TicksMissed_StillHearsOfTheNetworkBetween()
    {
        _network = FakeNetwork.Silent();
        Tick();

        Assert.NotNull(_viewer.Next(Tick()).Incidents);
    }

    [Fact]
    public void Next_AllIncidentsOver_SaysSoWithAnEmptyList()
    {
        _network = FakeNetwork.Silent();
        _viewer.Next(Tick());
        _network = NetworkView.Empty with { Record = 1 };

        Assert.Empty(_viewer.Next(Tick()).Incidents!);
    }

    [Fact]
    public void Next_TheNetworkPage_GetsTheNetworkWholeAndNoWaveforms()
    {
        var viewer = new Viewer(bed: null, network: true);
        _network = FakeNetwork.Silent();
        var first = viewer.Next(Tick());
        var second = viewer.Next(Tick());

        Assert.Equal(2, first.Network!.Paths.Count);
        Assert.Null(second.Network);
        Assert.Equal((0, 0), (first.Waves.Count, second.Waves.Count));
        Assert.Equal(2, first.Beds.Count);
    }

    /// <summary>A tenth of a second of waveform, published.</summary>
    private Tick Tick() => _builder.Next(Snapshot(), _network);

    private WardSnapshot Snapshot()
    {
        _clock.Advance(TimeSpan.FromMilliseconds(100));
        _bedside.SendWave(_feed, ++_ward.Record, Ecg, new short[25]);
        return _ward.Snapshot();
    }

    private static int Samples(WardFrame frame) => frame.Waves.Sum(wave => wave.Data.Length / 2);
}
