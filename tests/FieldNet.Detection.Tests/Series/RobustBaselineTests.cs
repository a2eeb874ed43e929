using FieldNet.Detection.Series;

namespace FieldNet.Detection.Tests.Series;

public sealed class RobustBaselineTests
{
    private RobustBaseline _baseline;

    [Fact]
    public void Observe_NormalValues_LearnsMedianAndDeviations()
    {
        var noise = new Noise(1);
        Feed(5_000, () => 40 + (3 * noise.Normal()));

        Assert.Equal(40, _baseline.Median, 0.6);
        Assert.Equal(3, _baseline.High - _baseline.Median, 0.8);
        Assert.Equal(3, _baseline.Median - _baseline.Low, 0.8);
    }

    [Fact]
    public void Observe_TenthOfTheValuesIsAbsurd_HardlyMovesTheMedian()
    {
        var noise = new Noise(2);
        Feed(5_000, () => noise.Uniform() < 0.1 ? 1e9 : noise.Normal());

        Assert.Equal(0, _baseline.Median, 0.4);
        Assert.InRange(_baseline.High, 0.5, 3);
    }

    [Fact]
    public void Standardise_SkewedValues_HasADeviationForEachSide()
    {
        var noise = new Noise(3);
        Feed(5_000, noise.Exponential);

        Assert.Equal(1, _baseline.Standardise(1.84, 1e-9), 0.3); // the 84.1 % quantile
        Assert.Equal(-1, _baseline.Standardise(0.17, 1e-9), 0.3); // the 15.9 % quantile
    }

    [Fact]
    public void Standardise_FewValues_IsUnknown()
    {
        Feed(RobustBaseline.FirstValues - 1, () => 5);

        Assert.Equal(0, _baseline.Standardise(1e6, 1));
    }

    [Fact]
    public void Observe_NotANumber_IsLeftOut()
    {
        Feed(100, () => 5);
        _baseline.Observe(double.NaN, 0.01, 1);
        _baseline.Observe(double.PositiveInfinity, 0.01, 1);

        Assert.Equal(100, _baseline.Count);
        Assert.Equal(5, _baseline.Median, 1e-6);
    }

    private void Feed(int count, Func<double> next)
    {
        for (var i = 0; i < count; i++)
        {
            _baseline.Observe(next(), 0.01, 1e-9);
        }
    }
}
