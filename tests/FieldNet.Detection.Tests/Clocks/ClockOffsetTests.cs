using FieldNet.Detection.Clocks;

namespace FieldNet.Detection.Tests.Clocks;

public sealed class ClockOffsetTests
{
    private ClockOffset _offset;
    private long _nowUs = 1_795_000_000_000_000;

    [Theory]
    [InlineData(1_000_000)]
    [InlineData(-1_000_000)]
    [InlineData(-31_536_000_000_000)]
    public void Observe_OverASecondForTwentySeconds_IsFound(long byUs)
    {
        Run(20, byUs);
        Assert.False(_offset.IsOn);
        Run(1, byUs);
        Assert.True(_offset.IsOn);
    }

    [Fact]
    public void Observe_UnderASecond_IsNone()
    {
        Run(3600, 990_000);
        Assert.False(_offset.IsOn);
    }

    [Fact]
    public void Observe_RightInBetween_BeginsAnew()
    {
        Run(19, 2_000_000);
        Run(1, 0);
        Run(19, 2_000_000);
        Assert.False(_offset.IsOn);
    }

    [Fact]
    public void Observe_WellBelowForTwentySeconds_IsOver()
    {
        Run(21, 2_000_000);
        Run(60, 700_000);
        Assert.True(_offset.IsOn);
        Run(21, -400_000);
        Assert.False(_offset.IsOn);
    }

    private void Run(int seconds, long floorUs)
    {
        for (var i = 0; i < seconds; i++, _nowUs += 1_000_000)
        {
            _offset.Observe(floorUs, _nowUs);
        }
    }
}
