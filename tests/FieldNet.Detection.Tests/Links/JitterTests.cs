using FieldNet.Detection.Links;

namespace FieldNet.Detection.Tests.Links;

public sealed class JitterTests
{
    private Jitter _jitter;

    [Fact]
    public void Observe_First_HasNothingToDifferFrom() => Assert.Null(_jitter.Observe(5_000, 1_000_000));

    [Fact]
    public void Observe_SteadyDelay_IsNone()
    {
        for (var i = 1; i <= 100; i++)
        {
            _jitter.Observe(5_000, i * 256_000);
        }

        Assert.Equal(0, _jitter.Us);
    }

    [Fact]
    public void Observe_DelaysInTurn_ApproachesTheirDifferenceAsInRfc3550()
    {
        _jitter.Observe(5_000, 256_000);
        Assert.Equal(3_200, _jitter.Observe(8_200, 512_000));
        Assert.Equal(200, _jitter.Us);
        Assert.Equal(3_200, _jitter.Observe(5_000, 768_000));
        Assert.Equal(387.5, _jitter.Us);
    }

    [Fact]
    public void Observe_SentInOneGo_AreOne()
    {
        _jitter.Observe(5_000, 256_000);

        Assert.Null(_jitter.Observe(25_000, 257_000));
        Assert.Equal(1_000, _jitter.Observe(6_000, 512_000));
    }
}
