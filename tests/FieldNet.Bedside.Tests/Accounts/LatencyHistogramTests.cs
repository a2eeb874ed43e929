using FieldNet.Bedside.Accounts;

namespace FieldNet.Bedside.Tests.Accounts;

public sealed class LatencyHistogramTests
{
    [Fact]
    public void QuantileMs_ManyScales_IsWithinFourPercent()
    {
        var histogram = new LatencyHistogram();
        long[] values = [.. Enumerable.Range(0, 20_000).Select(i => (long)Math.Pow(10, 1 + 5.5 * i / 20_000))];
        foreach (long us in values)
        {
            histogram.Add(us);
        }

        foreach (double share in (double[])[0.01, 0.5, 0.9, 0.99])
        {
            double exact = values[(int)(share * values.Length) - 1] / 1000.0;
            Assert.InRange(histogram.QuantileMs(share)!.Value, exact * 0.99, exact * 1.04);
        }
        Assert.Equal(values[^1] / 1000.0, histogram.MaxMs);
    }

    [Fact]
    public void QuantileMs_Empty_IsNull()
    {
        var histogram = new LatencyHistogram();

        Assert.Null(histogram.QuantileMs(0.5));
        Assert.Null(histogram.MaxMs);
    }

    [Fact]
    public void Add_BeyondTheLastBucket_IsCounted()
    {
        var histogram = new LatencyHistogram();

        histogram.Add(long.MaxValue);
        histogram.Add(-5);

        Assert.Equal(0.001, histogram.QuantileMs(0.5));
        Assert.NotNull(histogram.QuantileMs(1));
    }
}
