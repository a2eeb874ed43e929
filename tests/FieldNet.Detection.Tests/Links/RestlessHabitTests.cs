using FieldNet.Detection.Links;

namespace FieldNet.Detection.Tests.Links;

public sealed class RestlessHabitTests
{
    private RestlessHabit _habit;

    [Fact]
    public void Follow_ExcursionThatPasses_MustBeBeatenByAFifth()
    {
        Excursion(10, sum: 12, excess: 5);

        Assert.Equal(1.2 * 12, _habit.SumToBeat, 0.1);
        Assert.Equal(1.2 * 5, _habit.ExcessToBeat, 0.1);
    }

    [Fact]
    public void Follow_ExcursionThatLasts_TeachesNothing()
    {
        Excursion(RestlessHabit.PassesWithin + 1, sum: 12, excess: 5);

        Assert.Equal((0, 0), (_habit.SumToBeat, _habit.ExcessToBeat));
    }

    [Fact]
    public void Follow_QuarterOfAnHourWithoutOne_FadesToAThird()
    {
        Excursion(10, sum: 12, excess: 5);
        for (var second = 0; second < 900; second++)
        {
            _habit.Follow(0, 0);
        }

        Assert.Equal(12 / Math.E, _habit.Sum, 0.1);
    }

    private void Excursion(int seconds, double sum, double excess)
    {
        for (var second = 0; second < seconds; second++)
        {
            _habit.Follow(sum, excess);
        }

        _habit.Follow(0, 0);
    }
}
