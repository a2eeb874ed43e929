using FieldNet.Detection.Links;

namespace FieldNet.Detection.Tests.Links;

public sealed class SecondOfDelaysTests
{
    private readonly SecondOfDelays _second = new();

    [Fact]
    public void TryTake_NothingCame_IsUnknown() => Assert.False(_second.TryTake(out _, out _));

    [Fact]
    public void TryTake_SomeCame_MedianAndLeastOfThisSecondAlone()
    {
        foreach (var delayUs in (long[])[900, 100, 500, 300, 700])
        {
            _second.Add(delayUs);
        }

        Assert.True(_second.TryTake(out var medianUs, out var leastUs));
        Assert.Equal((500, 100), (medianUs, leastUs));
        Assert.False(_second.TryTake(out _, out _));
    }

    [Fact]
    public void Add_MoreThanASecondHolds_TheFirstCount()
    {
        for (var i = 0; i < 1000; i++)
        {
            _second.Add(i < 64 ? 10 : 1_000_000);
        }

        Assert.True(_second.TryTake(out var medianUs, out _));
        Assert.Equal(10, medianUs);
    }

    [Fact]
    public void Add_LongerThanItsUnitHolds_IsTheLongest()
    {
        _second.Add(long.MaxValue);

        Assert.True(_second.TryTake(out var medianUs, out _));
        Assert.Equal(int.MaxValue, medianUs);
    }
}
