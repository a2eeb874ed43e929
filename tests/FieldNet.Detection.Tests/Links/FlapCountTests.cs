using FieldNet.Detection.Links;

namespace FieldNet.Detection.Tests.Links;

public sealed class FlapCountTests
{
    private FlapCount _flaps;

    [Theory]
    [InlineData(10, 30, 70, true)]
    [InlineData(10, 30, 71, false)]
    [InlineData(10, 11, 12, true)]
    public void Down_ThreeTimes_IsFoundWithinAMinute(int first, int second, int third, bool found)
    {
        Down(first);
        Down(second);
        Assert.False(_flaps.IsOn);
        Down(third);
        Assert.Equal(found, _flaps.IsOn);
    }

    [Fact]
    public void EndSecond_HalfAMinuteWithoutADown_IsOver()
    {
        Down(10);
        Down(20);
        Down(30);
        _flaps.EndSecond(59_999_999);
        Assert.True(_flaps.IsOn);
        _flaps.EndSecond(60_000_000);
        Assert.False(_flaps.IsOn);
    }

    private void Down(int second) => _flaps.Down(second * 1_000_000L);
}
