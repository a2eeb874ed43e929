using FieldNet.Detection.Streams;

namespace FieldNet.Detection.Tests.Streams;

public sealed class LossWindowTests
{
    private readonly LossWindow _window = new();

    [Fact]
    public void Ratio_NothingSeen_IsUnknown() => Assert.Null(_window.Ratio);

    [Fact]
    public void Ratio_OneInFourMissing_IsAQuarter()
    {
        for (var second = 0; second < 5; second++)
        {
            _window.Add(second * 1_000_000L, 3, 1);
        }

        Assert.Equal(0.25, _window.Ratio);
        Assert.Equal(5, _window.LostTotal);
    }

    [Fact]
    public void Ratio_MissingOneComesLate_IsZero()
    {
        _window.Add(0, 9, 1);
        _window.Add(1_000_000, 1, -1);

        Assert.Equal(0, _window.Ratio);
    }

    [Fact]
    public void Ratio_TenSecondsLater_ForgetsAndIsUnknownWithoutData()
    {
        _window.Add(0, 5, 5);

        _window.MoveTo(10_000_000);

        Assert.Null(_window.Ratio);
    }
}
