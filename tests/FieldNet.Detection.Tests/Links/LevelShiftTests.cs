using System.Text.Json;
using FieldNet.Detection.Links;
using FieldNet.Detection.Tests.Series;

namespace FieldNet.Detection.Tests.Links;

/// <summary>Values are medians of a second of messages that are spread by 1, so their own scale is about 0.44.</summary>
public sealed class LevelShiftTests
{
    private const double Normal = 20, Spread = 1, Scale = 0.44, LeastEffect = 1.65 * Spread;

    private static readonly JsonSerializerOptions Checkpoint = new() { IncludeFields = true };

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 20)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Observe_AQuietPath_LearnsItsNormalAndFindsNothing(int seed)
    {
        var shift = new LevelShift();
        var noise = new Noise(seed);
        for (var second = 0; second < 1800; second++)
        {
            See(shift, noise, 0);
            Assert.False(shift.IsOn);
        }

        Assert.Equal(Normal, shift.Normal, 0.3);
        Assert.InRange(shift.Scale, 0.5 * Scale, 2 * Scale);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Observe_ShiftOfTwoSpreads_IsFoundWithinTenSecondsAndEndsWithIt(int seed)
    {
        var (shift, noise) = Learnt(seed);

        Assert.InRange(SecondsTo(shift, noise, 2 * Spread, on: true), 1, 10);
        for (var second = 0; second < 30; second++)
        {
            See(shift, noise, 2 * Spread);
            Assert.True(shift.IsOn);
        }

        Assert.InRange(SecondsTo(shift, noise, 0, on: false), 1, 10);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Observe_TwoSpikes_AreNone(int seed)
    {
        var (shift, noise) = Learnt(seed);
        foreach (var excess in (double[])[100, 100, 0, 0, 0, 0, 0, 100, 0, 0, 0, 0, 0, 0])
        {
            See(shift, noise, excess);
            Assert.False(shift.IsOn);
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Observe_SteadyClimb_IsHeldBackForAMinute(int seed)
    {
        var (shift, noise) = Learnt(seed);
        for (var second = 0; second < 60; second++)
        {
            See(shift, noise, second);
            Assert.False(shift.IsOn);
        }
    }

    /// <summary>A clock that drifts by 200 ppm.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public void Observe_DoubtedClimbThatHardlyShowsAboveTheNoise_IsHeldBackForAMinute(int seed)
    {
        var (shift, noise) = Learnt(seed);
        for (var second = 0; second < 60; second++)
        {
            shift.Observe(Normal + (0.2 * second) + (Scale * noise.Normal()), LeastEffect, isDoubted: true);
            Assert.False(shift.IsOn);
        }
    }

    [Fact]
    public void Observe_ClimbThatStands_IsFound()
    {
        var (shift, noise) = Learnt(1);
        for (var second = 0; second < 20; second++)
        {
            See(shift, noise, 0.5 * second);
        }

        Assert.InRange(SecondsTo(shift, noise, 10, on: true), 1, 60);
    }

    [Fact]
    public void Observe_DoubtedShift_WaitsUntilItHasPlainlyStoppedRising()
    {
        var (shift, noise) = Learnt(1);
        var seconds = 0;
        for (; seconds < 60 && !shift.IsOn; seconds++)
        {
            shift.Observe(Normal + 5 + (Scale * noise.Normal()), LeastEffect, isDoubted: true);
        }

        Assert.InRange(seconds, 24, 35);
    }

    [Fact]
    public void Observe_AnotherIsToFindIt_DoesNotBegin()
    {
        var (shift, noise) = Learnt(1);
        for (var second = 0; second < 60; second++)
        {
            shift.Observe(Normal + 5 + (Scale * noise.Normal()), LeastEffect, mayBegin: false);
            Assert.False(shift.IsOn);
        }
    }

    [Fact]
    public void Observe_ExcursionThatThePathIsGivenTo_IsFoundOnceAndThenOnlyIfItLasts()
    {
        var (shift, noise) = Learnt(1);
        Assert.True(Excursion(shift, noise, 7));
        Assert.False(Excursion(shift, noise, 7));
        Assert.False(Excursion(shift, noise, 7));
        Assert.True(Excursion(shift, noise, 40));
    }

    [Fact]
    public void Observe_QuarterOfAnHourOnTheNewLevel_IsTheNewNormal()
    {
        var (shift, noise) = Learnt(1);
        var seconds = SecondsTo(shift, noise, 10, on: true) + SecondsTo(shift, noise, 10, on: false, within: 1000);
        Assert.InRange(seconds, 900, 915);
        for (var second = 0; second < shift.LearntAfter; second++)
        {
            See(shift, noise, 10);
        }

        Assert.True(shift.IsLearnt);
        Assert.Equal(Normal + 10, shift.Normal, 0.3);
        Assert.InRange(SecondsTo(shift, noise, 10 + (2 * Spread), on: true), 1, 10);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Observe_SavedAndLoadedAnywhere_SameVerdicts(int seed)
    {
        var (whole, cut) = (new LevelShift(), new LevelShift());
        var (noise, random) = (new Noise(seed), new Random(seed));
        var verdicts = 0;
        for (var second = 0; second < 1200; second++)
        {
            var value = Normal + (second % 200 > 150 ? 4 : 0) + (Scale * noise.Normal());
            whole.Observe(value, LeastEffect);
            cut = random.Next(10) == 0 ? JsonSerializer.Deserialize<LevelShift>(JsonSerializer.Serialize(cut, Checkpoint), Checkpoint)! : cut;
            cut.Observe(value, LeastEffect);
            Assert.Equal((whole.IsOn, whole.Sum, whole.Normal, whole.Level), (cut.IsOn, cut.Sum, cut.Normal, cut.Level));
            verdicts += whole.IsOn ? 1 : 0;
        }

        Assert.True(verdicts > 0);
    }

    private static (LevelShift Shift, Noise Noise) Learnt(int seed)
    {
        var (shift, noise) = (new LevelShift(), new Noise(seed));
        for (var second = 0; second < 180; second++)
        {
            See(shift, noise, 0);
        }

        Assert.False(shift.IsOn);
        return (shift, noise);
    }

    private static bool Excursion(LevelShift shift, Noise noise, int seconds)
    {
        var found = false;
        for (var second = 0; second < seconds + 60; second++)
        {
            See(shift, noise, second < seconds ? 4 : 0);
            found |= shift.IsOn;
        }

        return found;
    }

    private static int SecondsTo(LevelShift shift, Noise noise, double excess, bool on, int within = 60)
    {
        for (var second = 1; second <= within; second++)
        {
            See(shift, noise, excess);
            if (shift.IsOn == on)
            {
                return second;
            }
        }

        return int.MaxValue;
    }

    private static void See(LevelShift shift, Noise noise, double excess) => shift.Observe(Normal + excess + (Scale * noise.Normal()), LeastEffect);
}
