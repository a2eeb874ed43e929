using System.Text.Json;
using FieldNet.Detection.Series;

namespace FieldNet.Detection.Tests.Series;

public sealed class SeriesAnomalyTests
{
    private const long MinuteUs = 60_000_000;
    private const int Day = 288;
    private static readonly SeriesLimits Limits = new(episode: 300);
    private static readonly JsonSerializerOptions WithFields = new() { IncludeFields = true };

    private readonly SeriesAnomaly _series = new();
    private int _at;

    [Fact]
    public void Observe_ValueNeverSeen_IsFoundAsHigh()
    {
        var noise = new Noise(1);
        Feed(10 * Day, i => DayCurve(i) + noise.Normal());

        var verdict = Observe(200);

        Assert.True(verdict.Decades > 6);
        Assert.Equal(SeriesPart.High, verdict.Leading);
    }

    [Fact]
    public void Observe_UsualValueAtTheWrongTime_IsFoundForTheTime()
    {
        var noise = new Noise(2);
        Feed((10 * Day) + (Day / 2), i => DayCurve(i) + noise.Normal());

        // Midnight's value at noon.
        var verdict = Observe(DayCurve(0));

        Assert.True(verdict.Decades > 4);
        Assert.Equal(SeriesPart.LowForTheTime, verdict.Leading);
    }

    [Fact]
    public void Observe_SmallShiftThatLasts_IsFoundAsShift()
    {
        var noise = new Noise(3);
        Feed(10 * Day, i => DayCurve(i) + noise.Normal());

        var most = Feed(100, i => DayCurve(i) + noise.Normal() + 2);

        Assert.True(most.Decades > 3);
        Assert.Equal(SeriesPart.Shift, most.Leading);
    }

    [Fact]
    public void Observe_EpisodeThatGoesOn_IsNewsOnlyWhenItGrows()
    {
        var noise = new Noise(4);
        Feed(10 * Day, i => DayCurve(i) + noise.Normal());
        var told = 0;
        for (var i = 0; i < 50; i++)
        {
            told += Observe(200 - i).Score > 0.1 ? 1 : 0;
        }

        Assert.InRange(told, 1, 4);
    }

    [Fact]
    public void Observe_QuietSeries_IsSeldomUnusual()
    {
        var noise = new Noise(5);
        Feed(10 * Day, i => DayCurve(i) + noise.Normal());
        var unusual = 0;
        for (var i = 0; i < 20 * Day; i++)
        {
            unusual += Observe(DayCurve(_at) + noise.Normal()) is { IsNew: true, Decades: > 4.5 } ? 1 : 0;
        }

        Assert.InRange(unusual, 0, 4);
    }

    [Fact]
    public void Observe_PrefixOfASeries_IsJudgedTheSameWhateverFollows()
    {
        var (noise, other) = (new Noise(6), new SeriesAnomaly());
        for (var i = 0; i < 2 * Day; i++)
        {
            var value = noise.LogNormal();
            var verdict = Observe(value);

            Assert.Equal(verdict, other.Observe(i * 5 * MinuteUs, value, Limits));
        }
    }

    [Fact]
    public void State_ThroughJson_GoesOnTheSame()
    {
        var noise = new Noise(7);
        Feed(3 * Day, i => DayCurve(i) + noise.Normal());
        var restored = JsonSerializer.Deserialize<SeriesAnomaly>(JsonSerializer.Serialize(_series, WithFields), WithFields)!;

        for (var i = 0; i < 2 * Day; i++)
        {
            var value = noise.Normal() + (i % 100 == 0 ? 90 : 20);

            Assert.Equal(_series.Observe((_at + i) * 5 * MinuteUs, value, Limits), restored.Observe((_at + i) * 5 * MinuteUs, value, Limits));
        }
    }

    [Fact]
    public void Observe_ManyValues_AllocatesNothing()
    {
        Feed(2 * Day, DayCurve);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 5_000; i++)
        {
            Observe(i % 97);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Likelihood_ScoresOfAnyScale_AreTheSameDecades()
    {
        var (small, large, noise) = (new ScoreLikelihood(), new ScoreLikelihood(), new Noise(8));
        var limits = new SpikeLimits(1e-4);
        for (var i = 0; i < 5_000; i++)
        {
            var score = noise.Exponential();

            Assert.Equal(small.Observe(score, limits), large.Observe(1024 * score, limits with { LeastSpread = 1024 * limits.LeastSpread }), 1e-6);
        }
    }

    private static double DayCurve(int i) => 50 - (20 * Math.Cos(2 * Math.PI * i / Day));

    private SeriesVerdict Feed(int count, Func<int, double> next)
    {
        var most = default(SeriesVerdict);
        for (var i = 0; i < count; i++)
        {
            var verdict = Observe(next(_at));
            most = verdict.Decades > most.Decades ? verdict : most;
        }

        return most;
    }

    private SeriesVerdict Observe(double value) => _series.Observe(_at++ * 5L * MinuteUs, value, Limits);
}
