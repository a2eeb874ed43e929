using FieldNet.Bedside.Patients;

namespace FieldNet.Bedside.Tests.Patients;

public sealed class EpisodePlanTests
{
    [Fact]
    public void Next_ManyBeds_AreBurstyAndMostEpisodesAreOfFewBeds()
    {
        const int Beds = 100, Seed = 5;
        TestContext.Current.SendDiagnosticMessage("seed {0}", Seed);
        var counts = Enumerable.Range(0, Beds).Select(bed => Starts(bed, unstable: bed % 10 == 0, Seed).Count).ToArray();
        var gaps = Starts(0, unstable: true, Seed) is var starts ? starts.Zip(starts.Skip(1), (a, b) => b - a).ToArray() : [];

        double ofFew = (double)counts.Where((_, bed) => bed % 10 == 0).Sum() / counts.Sum();

        Assert.InRange(ofFew, 0.5, 1);
        // A Poisson process would have a coefficient of variation of 1 about evenly spread; bursts give short gaps and long ones.
        Assert.Contains(gaps, g => g < 120);
        Assert.Contains(gaps, g => g > 200);
    }

    [Fact]
    public void Next_Unstable_BeginsWithinAMinute()
    {
        Assert.All(Enumerable.Range(0, 50), bed => Assert.InRange(Starts(bed, unstable: true, seed: 9)[0], 12, 60));
    }

    [Fact]
    public void Next_Episodes_NeverOverlap()
    {
        var plan = new EpisodePlan(unstable: true, RandomExtensions.Fork(3, 1, 2));
        long end = 0;
        for (int i = 0; i < 500; i++)
        {
            var episode = plan.Next();
            Assert.True(episode.StartUs > end && episode.EndUs > episode.StartUs);
            end = episode.EndUs;
        }
    }

    private static List<double> Starts(int bed, bool unstable, int seed)
    {
        var plan = new EpisodePlan(unstable, RandomExtensions.Fork(seed, bed, 2));
        List<double> starts = [];
        for (var e = plan.Next(); e.StartUs < 6 * 3600e6; e = plan.Next())
        {
            starts.Add(e.StartUs / 1e6);
        }
        return starts;
    }
}
