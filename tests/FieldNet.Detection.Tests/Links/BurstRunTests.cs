using FieldNet.Detection.Links;

namespace FieldNet.Detection.Tests.Links;

public sealed class BurstRunTests
{
    private BurstRun _run;

    [Theory]
    [InlineData(5, 0, true)]
    [InlineData(2, 3, true)]
    [InlineData(2, 2, false)]
    [InlineData(0, 0, false)]
    public void EndSecond_SoManyOldWithinTwoSeconds_IsFoundFromFive(int first, int then, bool found)
    {
        Second(first);
        Second(then);

        Assert.Equal(found, _run.IsOn);
    }

    [Fact]
    public void EndSecond_OneNowAndThen_IsNone()
    {
        for (var i = 0; i < 60; i++)
        {
            Second(2);
            Assert.False(_run.IsOn);
        }
    }

    [Fact]
    public void EndSecond_ThreeSecondsWithoutOne_IsOver()
    {
        Second(9);
        Second(0);
        Second(0);
        Assert.True(_run.IsOn);
        Second(0);
        Assert.False(_run.IsOn);
    }

    private void Second(int old)
    {
        _run.Old += old;
        _run.EndSecond();
    }
}
