using FieldNet.Detection.Availability;

namespace FieldNet.Detection.Tests.Availability;

public sealed class ServiceTimelineTests
{
    private const long Second = 1_000_000, Budget = 200_000, Start = 1_000 * Second;
    private ServiceTimeline _flow;

    [Fact]
    public void Observe_EachMessageOnTime_BothAreUp()
    {
        Good(0, 10);

        Assert.Equal((1.0, 1.0), (_flow.LinkAvailability(Start + (10 * Second)), _flow.ServiceAvailability(Start + (10 * Second))));
        Assert.Equal(10 * Second, _flow.ObservedUs(Start + (10 * Second)));
    }

    [Fact]
    public void Observe_NothingYet_IsUnknown() => Assert.Null(_flow.LinkAvailability(Start));

    [Fact]
    public void Observe_OneMessageLost_LinkIsDownFromWhenItWasExpectedAndTheServiceOutlivesIt()
    {
        Good(0, 4);
        Message(6, lost: 1);
        Good(7, 10);

        Assert.Equal((1 * Second, 0), (_flow.LinkDownUs, _flow.ServiceDownUs));
        Assert.Equal(0.9, _flow.LinkAvailability(Start + (10 * Second)));
        Assert.Equal(1.0, _flow.ServiceAvailability(Start + (10 * Second)));
    }

    [Fact]
    public void Observe_ThreeLostInARow_ServiceIsDownForWhatOutlastsTheSurvivalTime()
    {
        Good(0, 4);
        Message(8, lost: 3);
        Good(9, 10);

        // Expected at 5 s, next good at 8 s; survival 1.2 s.
        Assert.Equal((3 * Second, 1_800_000), (_flow.LinkDownUs, _flow.ServiceDownUs));
        Assert.Equal((1, 1), (_flow.LinkFaults, _flow.ServiceFaults));
    }

    [Fact]
    public void Observe_LateMessages_LinkIsDownUntilOneIsOnTime()
    {
        Good(0, 4);
        Message(5.5, delay: 500_000);
        Message(6.5, delay: 500_000);
        Message(7.0);

        Assert.Equal((2 * Second, 800_000), (_flow.LinkDownUs, _flow.ServiceDownUs));
    }

    [Fact]
    public void Observe_SenderPausedAndLostNothing_WasNotDown()
    {
        Good(0, 4);
        _flow.Tick(Start + (8 * Second), Budget);
        Assert.True(_flow.LinkAvailability(Start + (8 * Second)) < 1);
        Message(9);

        Assert.Equal(0, _flow.LinkDownUs);
        Assert.Equal(1.0, _flow.LinkAvailability(Start + (9 * Second)));
    }

    [Fact]
    public void Observe_SilenceWithoutStamps_CountsFromWhenTheNextWasExpected()
    {
        for (var second = 0; second <= 4; second++)
        {
            _flow.Observe(Start + (second * Second), null, null, Second, Budget, 1_200_000);
        }

        _flow.Tick(Start + (8 * Second), Budget);
        _flow.Observe(Start + (10 * Second), null, null, Second, Budget, 1_200_000);

        Assert.Equal((5 * Second, 3_800_000), (_flow.LinkDownUs, _flow.ServiceDownUs));
    }

    [Fact]
    public void Pause_AgentAway_IsNeitherUpNorDown()
    {
        Good(0, 4);
        _flow.Pause(Start + (4 * Second));
        _flow.Tick(Start + (60 * Second), Budget);
        Good(100, 104);

        Assert.Equal(8 * Second, _flow.ObservedUs(Start + (104 * Second)));
        Assert.Equal(1.0, _flow.LinkAvailability(Start + (104 * Second)));
    }

    [Fact]
    public void Pause_InTheMiddleOfAnOutage_KeepsWhatWasSeenOfIt()
    {
        Good(0, 4);
        _flow.Tick(Start + (8 * Second), Budget);
        _flow.Pause(Start + (8 * Second));

        Assert.Equal((3 * Second, 8 * Second), (_flow.LinkDownUs, _flow.ObservedUs(Start + (500 * Second))));
    }

    [Fact]
    public void Tick_SilentForHours_CountsTheFirstOnly()
    {
        Good(0, 4);
        for (var minute = 0; minute < 300; minute++)
        {
            _flow.Tick(Start + (minute * 60 * Second), Budget);
        }

        Assert.Equal(ServiceTimeline.LongestSilenceUs - Second, _flow.LinkDownUs);
        Assert.False(_flow.IsObserved);
    }

    [Theory]
    [InlineData(0.999, 3.0)]
    [InlineData(0.9999999, 7.0)]
    [InlineData(0, 0.0)]
    public void Of_Availability_CountsItsNines(double availability, double nines) => Assert.Equal(nines, Nines.Of(availability));

    [Fact]
    public void Of_NoOutage_ProvesNoNumber() => Assert.Null(Nines.Of(1));

    private void Good(int from, int through)
    {
        for (var second = from; second <= through; second++)
        {
            Message(second);
        }
    }

    private void Message(double second, long lost = 0, long delay = 3_000) =>
        _flow.Observe(Start + (long)(second * Second), lost, delay, Second, Budget, 1_200_000);
}
