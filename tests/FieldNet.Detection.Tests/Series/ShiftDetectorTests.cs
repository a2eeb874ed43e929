using System.Text.Json;
using FieldNet.Detection.Series;

namespace FieldNet.Detection.Tests.Series;

public sealed class ShiftDetectorTests(ITestOutputHelper output)
{
    private const int Learnt = 2_000;
    private static readonly JsonSerializerOptions WithFields = new() { IncludeFields = true };

    [Theory]
    [InlineData(4, 168)]
    [InlineData(5, 465)]
    public void RunLength_PublishedChart_IsThePublishedLength(double threshold, double published) =>
        Assert.Equal(published, ShiftLimits.RunLength(threshold, 0.5), 0.02 * published);

    [Theory]
    [InlineData("normal", 500, 0.6, 1.8)]
    [InlineData("normal", 5_000, 0.5, 2.0)]
    [InlineData("correlated 0.5", 2_000, 0.4, 2.5)]
    [InlineData("correlated 0.8", 2_000, 0.4, 2.5)]
    [InlineData("log-normal", 2_000, 0.3, 3.0)]
    public void Observe_QuietSeries_FalseAlarmsAreAsFarApartAsAskedFor(string kind, double runLength, double least, double most)
    {
        var limits = new ShiftLimits(runLength);
        var lengths = Enumerable.Range(1, 60).Average(seed => RunLength(limits, kind, seed));

        output.WriteLine($"{kind}: {lengths:0} of {runLength:0}, seeds 1 to 60");
        Assert.InRange(lengths, least * runLength, most * runLength);
    }

    [Theory]
    [InlineData(1, 30)]
    [InlineData(2, 9)]
    [InlineData(3, 6)]
    [InlineData(-2, 9)]
    public void Observe_Shift_IsFoundAfter(double shift, double mostObservations)
    {
        var delays = Enumerable.Range(1, 200).Average(seed => Delay(shift, seed));

        output.WriteLine($"{shift} deviations: {delays:0.0} observations, run length 10000, seeds 1 to 200");
        Assert.InRange(delays, 1, mostObservations);
    }

    [Fact]
    public void Observe_ShiftThatHeals_EndsAndTheBaselineIsTheOldOne()
    {
        var (detector, noise, limits) = (new ShiftDetector(), new Noise(3), new ShiftLimits(100_000));
        Feed(detector, limits, Learnt, () => 50 + noise.Normal());
        Feed(detector, limits, 500, () => 53 + noise.Normal());
        Assert.Equal(1, detector.Direction);

        Feed(detector, limits, 60, () => 50 + noise.Normal());

        Assert.Equal(0, detector.Direction);
        Assert.Equal(50, detector.Baseline.Median, 0.3);
    }

    [Fact]
    public void Observe_ShiftThatStays_IsLearntWhenAskedTo()
    {
        var (detector, noise, limits) = (new ShiftDetector(), new Noise(4), new ShiftLimits(100_000) { RelearnAfter = 300 });
        Feed(detector, limits, Learnt, noise.Normal);

        Feed(detector, limits, 400, () => 10 + noise.Normal());

        Assert.Equal(0, detector.Direction);
        Assert.Equal(10, detector.Baseline.Median, 0.5);
    }

    [Fact]
    public void Observe_SpikesAlone_AreNoShift()
    {
        var (detector, noise, limits, shifted) = (new ShiftDetector(), new Noise(5), new ShiftLimits(10_000), false);
        Feed(detector, limits, Learnt, noise.Normal);

        for (var i = 0; i < 2_000; i++)
        {
            shifted |= detector.Observe(i % 50 == 0 ? 1e6 : noise.Normal(), limits).Direction != 0;
        }

        Assert.False(shifted);
    }

    [Fact]
    public void Observe_Shift_EvidenceTellsItsSizeAndWhenItBegan()
    {
        var (detector, noise, limits) = (new ShiftDetector(), new Noise(6), new ShiftLimits(10_000));
        Feed(detector, limits, Learnt, noise.Normal);
        var verdict = default(ShiftVerdict);
        var took = 0;

        while (!verdict.Changed)
        {
            verdict = detector.Observe(2 + noise.Normal(), limits);
            took++;
        }

        Assert.Equal(1, verdict.Direction);
        Assert.Equal(2, verdict.Size, 0.8);
        Assert.InRange(verdict.Observations, took - 2, took + 6);
    }

    [Fact]
    public void State_ThroughJson_GoesOnTheSame()
    {
        var (noise, limits) = (new Noise(7), new ShiftLimits(500));
        var detector = new ShiftDetector();
        for (var i = 0; i < 3_000; i++)
        {
            var restored = JsonSerializer.Deserialize<ShiftDetector>(JsonSerializer.Serialize(detector, WithFields), WithFields)!;
            var value = noise.Normal() + (i > 2_000 ? 1 : 0);

            Assert.Equal(detector.Observe(value, limits), restored.Observe(value, limits));

            detector = restored;
        }
    }

    [Fact]
    public void Observe_ManyValues_AllocatesNothing()
    {
        var (detector, noise, limits) = (new ShiftDetector(), new Noise(8), new ShiftLimits(500));
        Feed(detector, limits, Learnt, noise.Normal);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10_000; i++)
        {
            detector.Observe(i % 700, limits);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static double RunLength(in ShiftLimits limits, string kind, int seed)
    {
        var (detector, noise) = (new ShiftDetector(), new Noise(seed));
        Func<double> next = kind switch
        {
            "normal" => noise.Normal,
            "log-normal" => noise.LogNormal,
            _ => () => noise.Correlated(double.Parse(kind.AsSpan("correlated ".Length), System.Globalization.CultureInfo.InvariantCulture)),
        };

        // Many alarms of one series: each starts over with the sums, not with what was learnt.
        Feed(detector, limits, Learnt, next);
        var (alarms, length) = (0, 0);
        for (; length < 20 * Learnt; length++)
        {
            if (detector.Observe(next(), limits) is { Changed: true, Direction: not 0 })
            {
                alarms++;
                (detector.Up, detector.Down, detector.Direction) = (0, 0, 0);
            }
        }

        return length / Math.Max(1.0, alarms);
    }

    private static double Delay(double shift, int seed)
    {
        var (detector, noise, limits) = (new ShiftDetector(), new Noise(seed), new ShiftLimits(10_000));
        Feed(detector, limits, Learnt, noise.Normal);
        detector.Direction = 0;
        (detector.Up, detector.Down) = (0, 0);
        var took = 1;
        while (Math.Sign(shift) != detector.Observe(shift + noise.Normal(), limits).Direction)
        {
            took++;
        }

        return took;
    }

    private static void Feed(ShiftDetector detector, in ShiftLimits limits, int count, Func<double> next)
    {
        for (var i = 0; i < count; i++)
        {
            detector.Observe(next(), limits);
        }
    }
}
