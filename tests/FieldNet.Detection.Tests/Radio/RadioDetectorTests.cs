using FieldNet.Detection.Radio;

namespace FieldNet.Detection.Tests.Radio;

public sealed class RadioDetectorTests
{
    private const long Second = 1_000_000;

    [Theory]
    [InlineData(-1.0, 3.0, null, true)]
    [InlineData(0.0, 20.0, 0.3, true)]
    [InlineData(-1.0, 20.0, 0.05, false)]
    [InlineData(5.0, 3.0, 0.3, false)]
    [InlineData(null, 3.0, 0.3, false)]
    [InlineData(-1.0, null, null, false)]
    public void UplinkLimit_HeadroomAndWhatSuffers_AreJoint(double? headroom, double? mcs, double? errors, bool found)
    {
        UplinkLimit limit = default;
        for (var second = 0; second < 10; second++)
        {
            limit.Observe(headroom, mcs, errors, second * Second);
        }

        Assert.Equal(found, limit.State.IsOn);
    }

    [Fact]
    public void PingPong_ReturnsAMinuteApart_AreNone()
    {
        var pingPong = new HandoverPingPong();
        for (var i = 0; i < 20; i++)
        {
            pingPong.Observe(i % 2, i * 61 * Second);
            Assert.False(pingPong.IsOn);
        }
    }

    [Fact]
    public void PingPong_QuietAgain_IsOverAfterHalfAMinute()
    {
        var pingPong = new HandoverPingPong();
        for (var second = 0; second < 20; second++)
        {
            pingPong.Observe(second / 4 % 2, second * Second);
        }

        Assert.True(pingPong.IsOn);
        var over = 20;
        while (!pingPong.Observe(0, over * Second) && over < 100)
        {
            over++;
        }

        Assert.Equal(16 + 30, over);
    }

    [Theory]
    [InlineData(0.97, 35.0, null, true)]
    [InlineData(0.97, null, 9_000.0, true)]
    [InlineData(0.97, 5.0, 200.0, false)]
    [InlineData(0.5, 35.0, 9_000.0, false)]
    [InlineData(null, 35.0, 9_000.0, false)]
    [InlineData(0.97, null, null, true)]
    public void Congestion_FullCellAndSomebodyWaits_AreJoint(double? share, double? grant, double? queued, bool found)
    {
        Congestion congestion = default;
        for (var second = 0; second < 60; second++)
        {
            congestion.Observe(0.4, grant is null ? null : 5, queued is null ? null : 200, second * Second);
        }

        for (var second = 60; second < 70; second++)
        {
            congestion.Observe(share, grant, queued, second * Second);
        }

        Assert.Equal(found, congestion.State.IsOn);
    }

    [Fact]
    public void PowerSupply_BatteryFallsEvenly_SaysHowLongItLasts()
    {
        PowerSupply power = default;
        for (var second = 0; second <= 120; second++)
        {
            power.Observe(false, 50 - (second / 60.0), (1000 + second) * Second);
        }

        Assert.True(power.State.IsOn);
        Assert.Equal(48, power.MinutesLeft!.Value, 1e-6);
        power.Observe(true, 48, 1121 * Second);
        Assert.Null(power.MinutesLeft);
    }

    [Fact]
    public void PowerSupply_MainsUnknown_IsFoundOnlyWhenLow()
    {
        PowerSupply power = default;
        for (var second = 0; second < 10; second++)
        {
            power.Observe(null, 60, second * Second);
        }

        Assert.False(power.State.IsOn);
        for (var second = 10; second < 20; second++)
        {
            power.Observe(null, 15, second * Second);
        }

        Assert.True(power.State.IsOn);
    }
}
