using FieldNet.Detection.Streams;

namespace FieldNet.Detection.Tests.Streams;

public sealed class PeriodEstimateTests
{
    private PeriodEstimate _period;

    [Fact]
    public void Observe_SteadyArrivals_LearnsThePeriod()
    {
        Feed(0, 20);

        Assert.Equal(1_024_000, _period.PeriodUs, 1.0);
    }

    [Fact]
    public void Observe_LongSilence_DoesNotTeachALongPeriod()
    {
        Feed(0, 20);

        _period.Observe(200_000_000);

        Assert.True(_period.PeriodUs < 1.3 * 1_024_000);
    }

    [Fact]
    public void Observe_OneArrival_IsUnknown()
    {
        _period.Observe(5);

        Assert.Equal(0, _period.PeriodUs);
    }

    private void Feed(int from, int count)
    {
        for (var i = from; i < count; i++)
        {
            _period.Observe(1 + (i * 1_024_000L));
        }
    }
}
