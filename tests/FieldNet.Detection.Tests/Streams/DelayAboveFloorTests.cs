using FieldNet.Detection.Streams;
using FieldNet.Telemetry.Messages;

namespace FieldNet.Detection.Tests.Streams;

public sealed class DelayAboveFloorTests
{
    private DelayAboveFloor _delay;

    [Theory]
    [InlineData(0)]
    [InlineData(3_600_000_000)]
    [InlineData(-31_536_000_000_000)]
    public void Ms_ClockOffByAnything_IsWhatComesOnTop(long offsetUs)
    {
        Feed(0, 30, 4_000, offsetUs);
        Assert.Equal(0, _delay.Ms!.Value, 0.1);

        Feed(30, 60, 304_000, offsetUs);
        Assert.Equal(300, _delay.Ms!.Value, 0.1);
    }

    [Fact]
    public void Ms_NoSendTimes_IsUnknown()
    {
        _delay.Observe(default, 1);

        Assert.Null(_delay.Ms);
    }

    private void Feed(int from, int to, long delayUs, long offsetUs)
    {
        for (var i = from; i < to; i++)
        {
            var sent = 40_000_000_000_000 + (i * 250_000L);
            _delay.Observe(new Stamp { HasSentTime = true, SentTimeUs = sent + offsetUs }, sent + delayUs);
        }
    }
}
