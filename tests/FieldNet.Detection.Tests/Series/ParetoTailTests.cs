using FieldNet.Detection.Series;

namespace FieldNet.Detection.Tests.Series;

public sealed class ParetoTailTests
{
    [Theory]
    [InlineData(0.0)]
    [InlineData(0.3)]
    [InlineData(-0.2)]
    public void Beyond_OfAt_IsTheProbability(double shape) =>
        Assert.Equal(0.003, new ParetoTail(2, shape).Beyond(new ParetoTail(2, shape).At(0.003)), 1e-9);

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.3)]
    [InlineData(-0.2)]
    public void Fit_ManyExcesses_FindsScaleAndShape(double shape)
    {
        var (noise, truth) = (new Noise(1), new ParetoTail(2, shape));
        var sorted = Enumerable.Range(0, 20_000).Select(_ => truth.At(noise.Uniform())).Order().ToArray();

        var fit = ParetoTail.Fit(sorted);

        Assert.Equal(shape, fit.Shape, 0.03);
        Assert.Equal(2, fit.Scale, 0.1);
    }

    [Fact]
    public void Fit_AllTheSame_GivesAFiniteTail()
    {
        var fit = ParetoTail.Fit([1, 1, 1, 1]);

        Assert.True(double.IsFinite(fit.At(1e-4)));
        Assert.InRange(fit.Beyond(1), 0, 1);
    }
}
