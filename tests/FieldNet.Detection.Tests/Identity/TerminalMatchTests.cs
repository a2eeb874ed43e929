using FieldNet.Detection.Identity;

namespace FieldNet.Detection.Tests.Identity;

public sealed class TerminalMatchTests
{
    private const long Second = 1_000_000;

    [Fact]
    public void Score_VolumesThatRiseTogether_BeatThoseThatDoNot()
    {
        const int seed = 3;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var (terminal, own, other) = (new VolumeSeries(), new VolumeSeries(), new VolumeSeries());
        for (var i = 0; i < 40; i++)
        {
            var (a, b) = (random.Next(50_000, 70_000), random.Next(50_000, 70_000));
            own.Add(a);
            other.Add(b);
            terminal.Add((1.15 * a) + random.Next(0, 2_000));
        }

        var (good, bad) = (TerminalMatch.Score(0, 0, terminal, own), TerminalMatch.Score(0, 0, terminal, other));
        Assert.True(good >= TerminalMatch.Enough && good - bad >= TerminalMatch.Margin, $"{good} against {bad}");
        Assert.InRange(TerminalMatch.Confidence(good), 0.6, 0.9);
    }

    [Fact]
    public void Score_AttachedTogether_IsEnoughByItself() =>
        Assert.True(TerminalMatch.Score(10 * Second, 11 * Second, new VolumeSeries(), new VolumeSeries()) >= TerminalMatch.Enough);

    [Fact]
    public void Score_NothingKnownOfEither_IsNothing() =>
        Assert.Equal(0, TerminalMatch.Score(0, 0, new VolumeSeries(), new VolumeSeries()));

    [Fact]
    public void Correlation_ConstantTraffic_CanNotBeTold()
    {
        var (a, b) = (new VolumeSeries(), new VolumeSeries());
        for (var i = 0; i < 40; i++)
        {
            a.Add(1_000);
            b.Add(i);
        }

        Assert.Null(VolumeSeries.Correlation(a, b));
    }
}
