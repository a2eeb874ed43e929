using FieldNet.Detection.Links;
using FieldNet.Detection.Tests.Series;

namespace FieldNet.Detection.Tests.Links;

public sealed class SilenceLimitTests
{
    private const long WaveUs = 256_000, VitalsUs = 1_024_000;

    private SilenceLimit _limit;

    [Fact]
    public void Of_TwoMessages_MakeNoRhythm()
    {
        Feed(2, VitalsUs, 0, 1);

        Assert.Equal(5_000_000, _limit.Of(VitalsUs, 3 * VitalsUs));
    }

    [Fact]
    public void Of_NotYetLearnt_IsTheCeiling()
    {
        Feed(20, VitalsUs, 0, 1);

        Assert.Equal(3 * VitalsUs, _limit.Of(VitalsUs, 3 * VitalsUs));
    }

    [Theory]
    [InlineData(WaveUs, 1_000_000, 900_000)]
    [InlineData(VitalsUs, 3 * VitalsUs, (long)(2.5 * VitalsUs))]
    public void Of_AStreamLikeClockwork_IsBelowTheCeiling(long periodUs, long ceilingUs, long leastUs)
    {
        Feed(500, periodUs, 2_000, 1);

        Assert.Equal(leastUs, _limit.Of(periodUs, ceilingUs));
    }

    [Theory]
    [InlineData(WaveUs, 1_000_000)]
    [InlineData(VitalsUs, 3 * VitalsUs)]
    public void Of_AnUnsteadyStream_IsAllButTheCeiling(long periodUs, long ceilingUs)
    {
        Feed(500, periodUs, periodUs, 1);

        Assert.InRange(_limit.Of(periodUs, ceilingUs), (long)(0.95 * ceilingUs), ceilingUs);
    }

    [Fact]
    public void Of_AnythingAtAll_IsNeverBeyondTheCeilingNorBelowTheLongestPauseOfLateThatIs()
    {
        for (var seed = 1; seed <= 20; seed++)
        {
            (_limit, var noise) = (default, new Noise(seed));
            for (var i = 0; i < 2000; i++)
            {
                _limit.Observe((long)(VitalsUs + (100_000 * noise.Exponential())), VitalsUs);
                if (i >= 2)
                {
                    Assert.InRange(_limit.Of(VitalsUs, 3 * VitalsUs), Math.Min(3 * VitalsUs, (long)(1.3 * _limit.LongestUs)), 3 * VitalsUs);
                }
            }
        }
    }

    [Fact]
    public void Observe_LongSilence_TeachesNoMoreThanTheCeiling()
    {
        Feed(500, VitalsUs, 2_000, 1);
        _limit.Observe(3_600_000_000, VitalsUs);

        Assert.True(_limit.LongestUs <= 3 * VitalsUs);
    }

    /// <summary>How far ages go beyond the tail's beginning, once they do: of a normal spread about a third of it.</summary>
    [Theory]
    [InlineData(0.01)]
    [InlineData(0.1)]
    [InlineData(0.5)]
    public void Observe_AgesBeyondTheTail_TeachTheirMeanExcess(double spread)
    {
        Feed(20_000, VitalsUs, spread * VitalsUs, 1);

        Assert.InRange(_limit.MeanExcessUs, 0, spread * VitalsUs);
    }

    [Fact]
    public void Observe_FirstMessage_TeachesNothing()
    {
        _limit.Observe(0, VitalsUs);
        _limit.Observe(VitalsUs, 0);

        Assert.Equal(0, _limit.Count);
    }

    private void Feed(int messages, long periodUs, double spreadUs, int seed)
    {
        var noise = new Noise(seed);
        for (var i = 0; i < messages; i++)
        {
            _limit.Observe((long)(periodUs + (spreadUs * noise.Normal())), periodUs);
        }
    }
}
