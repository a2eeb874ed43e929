using FieldNet.Detection.Radio;

namespace FieldNet.Detection.Tests.Radio;

public sealed class RadioWeaknessTests
{
    private const long Second = 1_000_000;

    [Fact]
    public void Observe_AQuietDayWithFading_FindsNothing()
    {
        const int seed = 5;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        RadioWeakness weak = default;
        var (shadow, found) = (0.0, 0);
        for (var second = 0; second < 86_400; second++)
        {
            // Correlated shadowing of 2 dB besides 1 dB of measurement noise.
            shadow = (0.98 * shadow) + (0.4 * Normal(random));
            found += weak.Observe(-85 + shadow + Normal(random), 18 + shadow + Normal(random), null, second * Second) ? 1 : 0;
        }

        Assert.Equal(0, found);
    }

    [Theory]
    [InlineData(-112, null, 3)]
    [InlineData(-85, -2.0, 3)]
    public void Observe_BelowALineFromTheStart_IsFoundWithoutLearning(double rsrp, double? sinr, int withinSeconds)
    {
        RadioWeakness weak = default;
        var second = 0;
        while (!weak.Observe(rsrp, sinr, null, second * Second) && second < 60)
        {
            second++;
        }

        Assert.InRange(second, 1, withinSeconds);
    }

    [Fact]
    public void Observe_FifteenDecibelsBelowItsOwnNormal_IsFoundAndEndsWhenBack()
    {
        RadioWeakness weak = default;
        var changes = new List<int>();
        for (var second = 0; second < 200; second++)
        {
            if (weak.Observe(second is >= 100 and < 150 ? -104 : -88 + (second % 3), null, null, second * Second))
            {
                changes.Add(second);
            }
        }

        Assert.Equal([102, 152], changes);
    }

    [Fact]
    public void Observe_NothingKnown_SaysNothing()
    {
        RadioWeakness weak = default;
        for (var second = 0; second < 100; second++)
        {
            Assert.False(weak.Observe(null, null, null, second * Second));
        }

        Assert.Equal(0, weak.Rsrp.Count);
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
