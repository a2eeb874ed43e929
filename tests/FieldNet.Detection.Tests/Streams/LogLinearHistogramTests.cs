using System.Text.Json;
using FieldNet.Detection.Streams;

namespace FieldNet.Detection.Tests.Streams;

public sealed class LogLinearHistogramTests
{
    [Fact]
    public void QuantileUs_OfNothing_IsUnknown() => Assert.Null(new LogLinearHistogram().QuantileUs(0.5));

    [Theory]
    [InlineData(1_000)]
    [InlineData(17_345)]
    [InlineData(250_000)]
    [InlineData(9_999_999)]
    [InlineData(3_000_000_000)]
    public void QuantileUs_OfOneValue_IsWithinThreePercent(long valueUs)
    {
        var histogram = new LogLinearHistogram();
        histogram.Add(valueUs);

        Assert.InRange(histogram.QuantileUs(0.98)!.Value, valueUs * 0.97, valueUs * 1.03);
    }

    [Fact]
    public void QuantileUs_OfManyValues_IsWithinThreePercentOfTheExactOne()
    {
        var random = new Random(5);
        var histogram = new LogLinearHistogram();
        var values = Enumerable.Range(0, 20_000).Select(_ => (long)(10_000 * Math.Exp(random.NextDouble() * 4))).Order().ToArray();
        foreach (var value in values)
        {
            histogram.Add(value);
        }

        foreach (var share in (double[])[0.02, 0.5, 0.9, 0.98, 0.999])
        {
            var exact = values[(int)Math.Ceiling(share * values.Length) - 1];
            Assert.InRange(histogram.QuantileUs(share)!.Value, exact * 0.965, exact * 1.035);
        }
    }

    [Fact]
    public void Serialise_AndBack_IsTheSame()
    {
        var histogram = new LogLinearHistogram();
        for (var value = 1L; value < 1L << 40; value *= 3)
        {
            histogram.Add(value);
        }

        histogram.Add(-5);
        var back = JsonSerializer.Deserialize<LogLinearHistogram>(JsonSerializer.Serialize(histogram))!;

        Assert.Equal(histogram.Count, back.Count);
        Assert.Equal(histogram.QuantileUs(0.5), back.QuantileUs(0.5));
        Assert.Equal(JsonSerializer.Serialize(histogram), JsonSerializer.Serialize(back));
    }

    [Fact]
    public void RecentDistribution_AfterTwoTurns_HasForgotten()
    {
        var recent = new RecentDistribution();
        recent.Add(1_000_000, 1);
        recent.Add(1_000, RecentDistribution.TurnUs + 1);
        Assert.True(recent.QuantileUs(1) > 900_000);

        recent.Add(1_000, (2 * RecentDistribution.TurnUs) + 1);

        Assert.True(recent.QuantileUs(1) < 2_000);
    }
}
