using FieldNet.Dashboard.Stream;

namespace FieldNet.Dashboard.Tests.Stream;

public sealed class StreamLatencyTests
{
    private readonly StreamLatency _latency = new();

    [Fact]
    public void PercentileMs_OfManyDelays_IsWithinAThirtySecondOfTheTruth()
    {
        const int seed = 20261122;
        var random = new Random(seed);
        var delays = Enumerable.Range(0, 20_000).Select(_ => (long)Math.Exp(random.NextDouble() * 17)).Order().ToArray();

        foreach (var delay in delays)
        {
            Assert.True(_latency.Add(delay));
        }

        foreach (var share in new[] { 0.001, 0.5, 0.9, 0.99, 1 })
        {
            var truth = delays[Math.Max(0, (int)Math.Ceiling(share * delays.Length) - 1)] / 1000d;
            Assert.InRange(_latency.PercentileMs(share), truth, truth * (1 + (1 / 32d)));
        }

        Assert.Equal(delays[^1] / 1000d, _latency.MaxMs);
        Assert.Equal(delays.Length, _latency.Count);
    }

    [Fact]
    public void PercentileMs_OfNothing_IsNotANumber() => Assert.Equal(double.NaN, _latency.PercentileMs(0.5));

    [Theory]
    [InlineData(-1_000_001, false)]
    [InlineData(-5_000, true)]
    [InlineData(60_000_000, true)]
    [InlineData(60_000_001, false)]
    public void Add_AnImplausibleDelay_IsNotCounted(long delayUs, bool counted)
    {
        Assert.Equal(counted, _latency.Add(delayUs));

        Assert.Equal(counted ? 1 : 0, _latency.Count);
    }
}
