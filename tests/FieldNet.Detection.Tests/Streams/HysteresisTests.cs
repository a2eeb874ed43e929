using FieldNet.Detection.Streams;

namespace FieldNet.Detection.Tests.Streams;

public sealed class HysteresisTests
{
    private Hysteresis _switch;

    [Fact]
    public void Observe_HighForLessThanTheHold_StaysOff()
    {
        Assert.False(See(300, 0));
        Assert.False(See(300, 1));
        Assert.False(See(50, 2));
        Assert.False(See(300, 3));
        Assert.False(_switch.IsOn);
    }

    [Fact]
    public void Observe_BetweenTheLevels_KeepsWhatItIs()
    {
        See(300, 0);
        Assert.True(See(300, 2));
        Assert.False(See(150, 3));
        Assert.False(See(150, 60));
        Assert.True(_switch.IsOn);
        See(50, 61);
        Assert.True(See(50, 63));
        Assert.False(_switch.IsOn);
    }

    [Fact]
    public void Observe_Unknown_ChangesNothing()
    {
        See(300, 0);

        Assert.False(See(null, 2));
        Assert.False(See(300, 3));
    }

    private bool See(double? level, int second) => _switch.Observe(level, 1 + (second * 1_000_000L), on: 200, off: 100, holdUs: 2_000_000);
}
