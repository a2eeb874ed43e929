using FieldNet.Dashboard.Stream;
using FieldNet.Dashboard.Tests.Fakes;
using Microsoft.AspNetCore.SignalR;

namespace FieldNet.Dashboard.Tests.Stream;

/// <summary>The stream as a viewer inside the agent's process gets it.</summary>
public sealed class WardStreamTests : IAsyncLifetime
{
    private const string Ecg = "MDC_ECG_ELEC_POTL_II";
    private const string Pleth = "MDC_PULS_OXIM_PLETH";
    private const string Resp = "MDC_IMPED_TTHOR";

    private DashboardHost _host = null!;
    private Bedside _bedside = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await DashboardHost.StartAsync(options => options.MaxViewers = 2);
        _bedside = new Bedside(_host.Clock, "bed-01");
        _host.Ward.Set(FakeWard.Bed(0, 72, Resp, Ecg, Pleth));
        _host.Ward.Set(FakeWard.Bed(1));
        _host.Publish();
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task WatchAsync_FirstFrame_IsFullWithTheLastEightSecondsOfWaves()
    {
        for (var i = 0; i < 120; i++)
        {
            Send(Ecg);
            _host.Publish();
        }

        await using var viewer = Watch(null);
        var frame = await NextAsync(viewer);

        Assert.True(frame.Full);
        Assert.Equal(1, frame.Sequence);
        Assert.Equal(["icu1/bed-01", "icu1/bed-02"], frame.Beds.Select(bed => bed.Key));
        Assert.Equal("demo", frame.Agent?.Mode);
        Assert.Equal(2, frame.Heard.Count);
        Assert.InRange(Assert.Single(frame.Waves).Data.Length / 2 * 4, 7600, 8000);
    }

    [Fact]
    public async Task WatchAsync_NextFrames_HoldOnlyWhatChanged()
    {
        await using var viewer = Watch(null);
        await NextAsync(viewer);

        _host.Ward.Set(FakeWard.Bed(1, heartRate: 90));
        Send(Ecg);
        var changed = await PublishAndNextAsync(viewer);
        var quiet = await PublishAndNextAsync(viewer);

        Assert.Equal((false, 2), (changed.Full, changed.Sequence));
        Assert.Equal("90", Assert.Single(Assert.Single(changed.Beds).Numerics).Text);
        Assert.Equal(Ecg, Assert.Single(changed.Waves).Signal);
        Assert.Null(changed.Agent);
        Assert.Empty(quiet.Beds);
        Assert.Empty(quiet.Waves);
        Assert.Equal(changed.Record + 1, quiet.Record);
        Assert.True(quiet.LogTimeMs > changed.LogTimeMs);
    }

    [Fact]
    public async Task WatchAsync_PiecesOfManyFrames_JoinIntoOneTrace()
    {
        await using var viewer = Watch(null);
        await NextAsync(viewer);
        var (sent, drawn) = (new List<short>(), new List<byte>());
        double? endMs = null;

        for (var i = 0; i < 30; i++)
        {
            var samples = Enumerable.Range(i * 25, 25).Select(n => (short)n).ToArray();
            sent.AddRange(samples);
            _bedside.SendWave(_host.Feed, _host.Ward.Record + 1, Ecg, samples);
            foreach (var piece in (await PublishAndNextAsync(viewer)).Waves)
            {
                Assert.Equal(endMs ?? piece.TimeMs, piece.TimeMs, 3);
                endMs = piece.TimeMs + (piece.Data.Length / 2 * piece.SamplePeriodUs / 1000);
                drawn.AddRange(piece.Data.ToArray());
            }
        }

        Assert.Equal(sent, drawn.Chunk(2).Select(two => BitConverter.ToInt16(two)));
    }

    [Fact]
    public async Task WatchAsync_WallAndBed_GetTheirWaves()
    {
        await using var wall = Watch(null);
        await using var bed = Watch("icu1/bed-01");
        await NextAsync(wall);
        await NextAsync(bed);

        foreach (var signal in new[] { Resp, Pleth, Ecg })
        {
            Send(signal);
        }

        var first = await PublishAndNextAsync(wall);
        var second = await NextWithWavesAsync(bed);
        Assert.Equal([Ecg, Pleth], first.Waves.Select(wave => wave.Signal));
        Assert.Equal([Resp, Ecg, Pleth], second.Waves.Select(wave => wave.Signal));
    }

    [Fact]
    public async Task WatchAsync_ViewerMissesTicks_GetsEachBedOnceAndTheWavesBetween()
    {
        await using var viewer = Watch(null);
        await NextAsync(viewer);

        for (var i = 0; i < 20; i++)
        {
            _host.Ward.Set(FakeWard.Bed(1, heartRate: 100 + i));
            Send(Ecg);
            _host.Publish();
        }

        var frames = await ReadToAsync(viewer, _host.Ward.Record);
        Assert.All(frames, frame => Assert.False(frame.Full));
        Assert.All(frames, frame => Assert.True(frame.Beds.Count <= 1));
        Assert.Equal("119", frames[^1].Beds[0].Numerics[0].Text);
        Assert.Equal(20 * 25, frames.SelectMany(frame => frame.Waves).Sum(wave => wave.Data.Length / 2));
        Assert.Equal(Enumerable.Range(2, frames.Count).Select(n => (long)n), frames.Select(frame => frame.Sequence));
    }

    [Fact]
    public async Task WatchAsync_ViewerFarBehind_StartsAnewWithAFullFrame()
    {
        await using var viewer = Watch(null);
        await NextAsync(viewer);

        for (var i = 0; i < 300; i++)
        {
            Send(Ecg);
            _host.Publish();
        }

        var frames = await ReadToAsync(viewer, _host.Ward.Record);
        var records = frames.Select(frame => frame.Record).Distinct().Count();
        Assert.True(records <= 3, $"{records}: more than the tick that waited, one under way, and the newest");
        Assert.Contains(frames, frame => frame.Full);
        Assert.InRange(frames[^1].Waves.Sum(wave => wave.Data.Length), 0, 8 * 250 * 2);
    }

    [Fact]
    public async Task WatchAsync_StampedRecords_CountTheirLatencyOnceAViewer()
    {
        await using var viewer = Watch(null);
        await NextAsync(viewer);

        _bedside.SendVitals(_host.Feed, _host.Ward.Record + 1, 72, delayUs: 20_000);
        Send(Ecg, delayUs: 20_000);
        await PublishAndNextAsync(viewer);

        Assert.Equal(2, _host.Stream.Latency.Count);
        Assert.InRange(_host.Stream.Latency.PercentileMs(0.01), 120, 124);
    }

    [Fact]
    public async Task WatchAsync_RecordsFromBeforeTheViewerCame_CountNoLatency()
    {
        _bedside.SendVitals(_host.Feed, _host.Ward.Record + 1, 72);
        _host.Publish();

        await using var viewer = Watch(null);
        Assert.True((await NextAsync(viewer)).Full);

        Assert.Equal(0, _host.Stream.Latency.Count);
    }

    [Fact]
    public async Task WatchAsync_MoreViewersThanAllowed_RefusesTheLastAndLetsItInLater()
    {
        await using var one = Watch(null);
        await NextAsync(one);
        await using (var two = Watch(null))
        {
            await NextAsync(two);
            await using var three = Watch(null);

            var error = await Assert.ThrowsAsync<HubException>(async () => await three.MoveNextAsync());

            Assert.Contains("2 screens", error.Message, StringComparison.Ordinal);
            Assert.Equal(2, _host.Stream.Viewers);
        }

        await using var again = Watch(null);
        Assert.True((await NextAsync(again)).Full);
    }

    [Theory]
    [InlineData("")]
    [InlineData("bed-01")]
    [InlineData("icu1/bed 01")]
    [InlineData("icu1/bed-01\n")]
    [InlineData("a/b/c/d")]
    [InlineData("../../etc")]
    public void WatchAsync_ABedThatCannotBe_IsRefusedWithASentence(string bed) =>
        Assert.Contains("WARD/BED", Assert.Throws<HubException>(() => Watch(bed)).Message, StringComparison.Ordinal);

    private IAsyncEnumerator<WardFrame> Watch(string? bed) =>
        _host.Stream.WatchAsync(new WatchRequest(bed), Cancelled).GetAsyncEnumerator(Cancelled);

    private void Send(string signal, long delayUs = 0) =>
        _bedside.SendWave(_host.Feed, _host.Ward.Record + 1, signal, new short[signal == Ecg ? 25 : 50], delayUs);

    private static async Task<WardFrame> NextAsync(IAsyncEnumerator<WardFrame> viewer)
    {
        Assert.True(await viewer.MoveNextAsync().AsTask().WaitAsync(Deadline.Token));
        return viewer.Current;
    }

    /// <summary>Skips frames that the broadcaster repeats in real time while the test makes up its mind.</summary>
    private async Task<WardFrame> PublishAndNextAsync(IAsyncEnumerator<WardFrame> viewer)
    {
        _host.Publish();
        return (await ReadToAsync(viewer, _host.Ward.Record))[^1];
    }

    private static async Task<WardFrame> NextWithWavesAsync(IAsyncEnumerator<WardFrame> viewer)
    {
        while (true)
        {
            if (await NextAsync(viewer) is { Waves.Count: > 0 } frame)
            {
                return frame;
            }
        }
    }

    private static async Task<List<WardFrame>> ReadToAsync(IAsyncEnumerator<WardFrame> viewer, long record)
    {
        var frames = new List<WardFrame>();
        do
        {
            frames.Add(await NextAsync(viewer));
        }
        while (frames[^1].Record < record);
        return frames;
    }
}
