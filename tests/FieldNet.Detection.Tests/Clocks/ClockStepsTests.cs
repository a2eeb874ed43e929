using FieldNet.Detection.Clocks;
using FieldNet.Detection.Tests.Series;

namespace FieldNet.Detection.Tests.Clocks;

public sealed class ClockStepsTests
{
    private const long PeriodUs = 256_000, DayUs = 86_400_000_000;

    private readonly Noise _noise = new(1);
    private readonly List<long> _found = [];
    private ClockSteps _steps;
    private long _nowUs = 1_795_000_000_000_000, _clockUs, _sentUs, _receiveUs;
    private long? _floorUs;

    [Theory]
    [InlineData(150_000)]
    [InlineData(1_000_000)]
    [InlineData(3_600_000_000)]
    [InlineData(365 * DayUs)]
    public void Observe_TurnedForward_IsFoundOnceByThat(long byUs)
    {
        Run(100);
        _clockUs += byUs;
        Run(100);

        Assert.Equal(byUs, Assert.Single(_found), 40_000.0);
    }

    [Theory]
    [InlineData(1_000_000)]
    [InlineData(3_600_000_000)]
    [InlineData(365 * DayUs)]
    public void Observe_TurnedBack_IsFoundOnceByThat(long byUs)
    {
        Run(100);
        _clockUs -= byUs;
        Run(100);

        Assert.Equal(-byUs, Assert.Single(_found), 40_000.0);
    }

    [Theory]
    [InlineData(150_000)]
    [InlineData(220_000)]
    public void Observe_TurnedBackByLessThanAPeriod_IsFoundByItsRhythm(long byUs)
    {
        Run(100);
        _clockUs -= byUs;
        Run(100);

        Assert.Equal(-byUs, Assert.Single(_found), 40_000.0);
    }

    [Fact]
    public void Observe_ThereAndBack_AreTwo()
    {
        Run(100);
        _clockUs += 5_000_000;
        Run(100);
        _clockUs -= 5_000_000;
        Run(100);

        Assert.Equal([1, -1], _found.Select(Math.Sign));
    }

    [Fact]
    public void Observe_Stall_IsNone()
    {
        Run(100);
        _nowUs += 5_000_000;
        Run(100);

        Assert.Empty(_found);
    }

    [Theory]
    [InlineData(2_000_000)]
    [InlineData(20_000_000)]
    public void Observe_QueueThatDrains_IsNone(long heldUs)
    {
        Run(100);
        var releasedUs = _nowUs + heldUs;
        while (_nowUs < releasedUs)
        {
            // Held back, then sent on as fast as the link takes them, each 2 ms behind the one before.
            Send(Math.Max(releasedUs, _receiveUs + 2_000) - _nowUs);
        }

        Run(100);
        Assert.Empty(_found);
    }

    [Fact]
    public void Observe_LatencyThatRisesAndFalls_IsNone()
    {
        Run(100);
        Run(200, delayUs: 400_000);
        Run(200);

        Assert.Empty(_found);
    }

    [Fact]
    public void Observe_OneWildStamp_IsNone()
    {
        Run(100);
        _clockUs += 60_000_000;
        Run(1);
        _clockUs -= 60_000_000;
        Run(100);

        Assert.Empty(_found);
    }

    private void Run(int messages, long delayUs = 0)
    {
        for (var i = 0; i < messages; i++)
        {
            Send(delayUs + 10_000 + (long)(5_000 * _noise.Exponential()));
        }
    }

    /// <summary>As the rule of a device's clock asks: what is fastest, what went back, and what came in its rhythm but was sent early.</summary>
    private void Send(long delayUs)
    {
        var (sentUs, receiveUs) = (_nowUs + _clockUs, Math.Max(_nowUs + delayUs, _receiveUs));
        var (sentAfterUs, cameAfterUs) = (sentUs - _sentUs, receiveUs - _receiveUs);
        var early = PeriodUs - sentAfterUs;
        var earlyInRhythm = _sentUs > 0 && early > 0 && Math.Abs(cameAfterUs - PeriodUs) < early / 4.0 ? early : 0;
        var (rawUs, wentBack) = (receiveUs - sentUs, _sentUs > 0 && sentAfterUs < 0);
        var step = _steps.Observe(rawUs, receiveUs, _floorUs ?? rawUs, wentBack, earlyInRhythm);
        if (step != 0)
        {
            _found.Add(step);
        }

        _floorUs = wentBack || (step < 0 && earlyInRhythm > 0) ? rawUs : Math.Min(_floorUs ?? rawUs, rawUs);
        (_sentUs, _receiveUs) = (sentUs, receiveUs);
        _nowUs += PeriodUs;
    }
}
