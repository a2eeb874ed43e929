using System.Text.Json;
using FieldNet.Detection.Series;

namespace FieldNet.Detection.Tests.Series;

public sealed class SpikeDetectorTests(ITestOutputHelper output)
{
    private static readonly JsonSerializerOptions WithFields = new() { IncludeFields = true };

    [Theory]
    [InlineData("normal", 1e-3)]
    [InlineData("exponential", 1e-3)]
    [InlineData("log-normal", 1e-3)]
    [InlineData("log-normal", 1e-4)]
    [InlineData("drifting", 1e-3)]
    [InlineData("uniform", 1e-3)]
    public void Observe_QuietSeries_FalseAlarmsAreAsRareAsTheRisk(string kind, double risk)
    {
        var (spikes, total) = (0, 0);
        for (var seed = 1; seed <= 20; seed++)
        {
            var (detector, noise, limits) = (new SpikeDetector(), new Noise(seed), new SpikeLimits(risk));
            for (var i = 0; i < 30_000; i++)
            {
                var verdict = detector.Observe(Next(noise, kind, i), limits);
                if (i >= 5_000)
                {
                    spikes += verdict.IsSpike ? 1 : 0;
                    total++;
                }
            }
        }

        var share = (double)spikes / total;
        output.WriteLine($"{kind}: {share / risk:0.00} of the risk {risk}, seeds 1 to 20");
        Assert.InRange(share, risk / 3, risk * 3);
    }

    [Fact]
    public void Observe_BeforeThereArePeaks_OnlyGreatSpikesCount()
    {
        var (detector, noise, limits, spikes) = (new SpikeDetector(), new Noise(1), new SpikeLimits(1e-4), 0);
        for (var i = 0; i < 200; i++)
        {
            spikes += detector.Observe(100 + noise.Normal(), limits).IsSpike ? 1 : 0;
        }

        Assert.Equal(0, spikes);
        Assert.False(detector.IsCalibrated);
        Assert.True(detector.Observe(112, limits).IsSpike);
    }

    [Fact]
    public void Observe_SpikesAgainAndAgain_DoNotTeachTheTail()
    {
        var (detector, noise, limits, found) = (new SpikeDetector(), new Noise(2), new SpikeLimits(1e-4), 0);
        for (var i = 0; i < 20_000; i++)
        {
            var isSpike = i >= 5_000 && i % 100 == 0;
            found += detector.Observe(noise.Normal() + (isSpike ? 20 : 0), limits).IsSpike && isSpike ? 1 : 0;
        }

        Assert.Equal(150, found);
    }

    [Fact]
    public void Observe_SeriesThatStandsStill_FindsTheFirstMove()
    {
        var (detector, limits) = (new SpikeDetector(), new SpikeLimits(1e-4) { LeastSpread = 0.1 });
        for (var i = 0; i < 1_000; i++)
        {
            Assert.False(detector.Observe(5, limits).IsSpike);
        }

        Assert.True(detector.Observe(8, limits).IsSpike);
    }

    [Fact]
    public void Surprise_Values_GrowsByDecades()
    {
        var (detector, noise, limits) = (new SpikeDetector(), new Noise(3), new SpikeLimits(1e-4));
        for (var i = 0; i < 30_000; i++)
        {
            detector.Observe(noise.Exponential(), limits);
        }

        // Of the exponential distribution, e^-x lies beyond x.
        Assert.Equal(3, detector.Observe(3 * Math.Log(10), limits).Surprise, 0.5);
        Assert.Equal(5, detector.Observe(5 * Math.Log(10), limits).Surprise, 1.2);
        Assert.Equal(0, detector.Observe(0.5, limits).Surprise);
    }

    [Fact]
    public void State_ThroughJson_GoesOnTheSame()
    {
        var (noise, limits) = (new Noise(4), new SpikeLimits(1e-3));
        var detector = new SpikeDetector();
        for (var i = 0; i < 4_000; i++)
        {
            var restored = JsonSerializer.Deserialize<SpikeDetector>(JsonSerializer.Serialize(detector, WithFields), WithFields)!;
            var value = noise.LogNormal();

            Assert.Equal(detector.Observe(value, limits), restored.Observe(value, limits));

            detector = restored;
        }
    }

    [Fact]
    public void Observe_ManyValues_AllocatesNothing()
    {
        var (detector, limits) = (new SpikeDetector(), new SpikeLimits(1e-3));
        for (var i = 0; i < 1_000; i++)
        {
            detector.Observe(i % 97, limits);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 20_000; i++)
        {
            detector.Observe(i * i % 997, limits);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static double Next(Noise noise, string kind, int i) => kind switch
    {
        "normal" => noise.Normal(),
        "exponential" => noise.Exponential(),
        "log-normal" => noise.LogNormal(),
        "uniform" => noise.Uniform(),
        _ => noise.Normal() + (i / 500.0),
    };
}
