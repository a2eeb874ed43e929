using FieldNet.Edge.Export;

namespace FieldNet.Edge.Tests.Export;

public sealed class FrameRateTests
{
    [Theory]
    [InlineData(new[] { 2000.0, 8000, 16000 }, 16000, new[] { 8, 2, 1 })]
    [InlineData(new[] { 16000.0, 2000 }, 16000, new[] { 1, 8 })]
    [InlineData(new[] { 5000.0, 8000 }, 40000, new[] { 8, 5 })]
    [InlineData(new[] { 1e6 / 256, 1e6 / 64 }, 1e6 / 64, new[] { 4, 1 })]
    [InlineData(new[] { 4000.0, 4001.3 }, 4000, new[] { 1, 0 })]
    [InlineData(new[] { 1.0, 10_000_000 }, 1, new[] { 1, 0 })]
    public void Of_Periods_FitsThoseThatGoTogether(double[] periodsUs, double framePeriodUs, int[] samplesPerFrame)
    {
        var rate = FrameRate.Of(periodsUs);

        Assert.Equal(framePeriodUs, rate.PeriodUs);
        Assert.Equal(samplesPerFrame, rate.SamplesPerFrame);
    }
}
