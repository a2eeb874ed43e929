using FieldNet.Detection.Clocks;
using FieldNet.Detection.Tests.Series;

namespace FieldNet.Detection.Tests.Clocks;

public sealed class ClockDriftTests
{
    private const long PeriodUs = 256_000;

    private readonly ClockDrift _drift = new();
    private long _nowUs = 1_795_000_000_000_000, _clockUs;

    public static TheoryData<int> Ppms => [-500, -200, -100, -70, 70, 100, 200, 500];

    [Theory]
    [MemberData(nameof(Ppms))]
    public void Observe_ClockRunsWrong_IsFoundWithinThreeMinutesAndMeasured(int ppm)
    {
        for (var seed = 1; seed <= 10; seed++)
        {
            _drift.Reset();
            Run(new Noise(seed), seconds: 180, ppm);

            Assert.True(_drift.IsOn, $"seed {seed}");
            Assert.Equal(ppm, _drift.Ppm, 25.0);
        }
    }

    [Theory]
    [InlineData(-500)]
    [InlineData(200)]
    public void Observe_ClockRunsRightAgain_IsOver(int ppm)
    {
        var noise = new Noise(1);
        Run(noise, seconds: 180, ppm);
        Assert.True(_drift.IsOn);
        Run(noise, seconds: 180, 0);

        Assert.Equal((false, 0), (_drift.IsOn, _drift.Ppm));
    }

    [Fact]
    public void Observe_WhiteNoise_IsNone()
    {
        for (var seed = 1; seed <= 10; seed++)
        {
            _drift.Reset();
            Assert.False(Run(new Noise(seed), seconds: 3600, 0));
        }
    }

    [Theory]
    [InlineData(5_000)]
    [InlineData(20_000)]
    [InlineData(100_000)]
    public void Observe_LatencyStep_IsNone(long byUs)
    {
        for (var seed = 1; seed <= 10; seed++)
        {
            _drift.Reset();
            var noise = new Noise(seed);
            Assert.False(Run(noise, seconds: 100 + (3 * seed), 0));
            Assert.False(Run(noise, seconds: 200, 0, byUs));
            Assert.False(Run(noise, seconds: 200, 0));
        }
    }

    /// <returns>True if a drift was found at any time.</returns>
    private bool Run(Noise noise, int seconds, int ppm, long addedUs = 0)
    {
        var found = false;
        for (var endUs = _nowUs + (seconds * 1_000_000L); _nowUs < endUs; _nowUs += PeriodUs)
        {
            _clockUs += PeriodUs * ppm / 1_000_000;
            _drift.Observe(12_000 + addedUs + _clockUs + (long)(4_000 * noise.Exponential()), _nowUs);
            found |= _drift.IsOn;
        }

        return found;
    }
}
