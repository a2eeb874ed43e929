using FieldNet.Detection.Links;

namespace FieldNet.Detection.Tests.Links;

public sealed class LossRunTests
{
    private LossRun _run;

    [Fact]
    public void Observe_ThreeLossesCloseTogether_IsFound()
    {
        Lose();
        Arrive(15);
        Lose();
        Arrive(15);
        Assert.False(_run.IsOn);
        Lose();
        Assert.True(_run.IsOn);
    }

    [Fact]
    public void Observe_OnePauseHoweverLong_IsNone()
    {
        _run.Observe(500);
        Arrive(100);

        Assert.False(_run.IsOn);
    }

    [Fact]
    public void Observe_SteadyTwoPercent_IsFoundWithinTwoMinutesOfAMonitor()
    {
        Assert.All(Enumerable.Range(1, 20), seed => Assert.InRange(MessagesToFind(seed, 0.02, 10_000), 1, 1_500));
        Assert.All(Enumerable.Range(1, 20), seed => Assert.InRange(MessagesToFind(seed, 0.05, 10_000), 1, 250));
    }

    [Fact]
    public void Observe_OneOfTenThousand_IsNone() =>
        Assert.All(Enumerable.Range(1, 20), seed => Assert.Equal(int.MaxValue, MessagesToFind(seed, 0.0001, 100_000)));

    [Fact]
    public void Return_AllThatWasMissingComesLate_IsNone()
    {
        for (var i = 0; i < 20; i++)
        {
            Lose();
            _run.Return(1);
            Arrive(3);
        }

        Assert.False(_run.IsOn);
    }

    [Fact]
    public void Clear_AfterAFinding_IsOver()
    {
        Lose();
        Lose();
        Lose();
        _run.Clear();

        Assert.Equal((false, 0), (_run.IsOn, _run.Sum));
    }

    private static int MessagesToFind(int seed, double share, int within)
    {
        var (run, random) = (default(LossRun), new Random(seed));
        for (var message = 1; message <= within; message++)
        {
            run.Observe(random.NextDouble() < share ? 1 : 0);
            if (run.IsOn)
            {
                return message;
            }
        }

        return int.MaxValue;
    }

    private void Lose() => _run.Observe(1);

    private void Arrive(int messages)
    {
        for (var i = 0; i < messages; i++)
        {
            _run.Observe(0);
        }
    }
}
