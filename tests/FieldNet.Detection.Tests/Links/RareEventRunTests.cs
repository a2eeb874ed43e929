using FieldNet.Detection.Links;

namespace FieldNet.Detection.Tests.Links;

public sealed class RareEventRunTests
{
    private RareEventRun _run;

    [Fact]
    public void EndSecond_TwoSecondsInARow_IsFoundAndOverHalfAMinuteAfterTheLast()
    {
        Second(1);
        Assert.False(_run.IsOn);
        Second(1);
        Assert.True(_run.IsOn);
        Quiet(15);
        Assert.True(_run.IsOn);
        Quiet(20);
        Assert.False(_run.IsOn);
    }

    [Fact]
    public void EndSecond_OneSecondFullOfIt_IsNone()
    {
        Second(500);
        Quiet(60);
        Assert.False(_run.IsOn);
    }

    [Fact]
    public void EndSecond_OnceAMinute_IsNone()
    {
        for (var minute = 0; minute < 60; minute++)
        {
            Second(1);
            Assert.False(_run.IsOn);
            Quiet(59);
        }
    }

    [Fact]
    public void EndSecond_AgainAndAgain_StaysFound()
    {
        for (var i = 0; i < 100; i++)
        {
            Second(1);
            Quiet(4);
            Assert.Equal(i > 1, _run.IsOn);
        }
    }

    private void Second(int events)
    {
        _run.Events += events;
        _run.EndSecond();
    }

    private void Quiet(int seconds)
    {
        for (var i = 0; i < seconds; i++)
        {
            Second(0);
        }
    }
}
