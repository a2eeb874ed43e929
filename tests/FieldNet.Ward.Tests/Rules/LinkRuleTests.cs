using FieldNet.Telemetry.Wire;
using FieldNet.Ward.Views;

namespace FieldNet.Ward.Tests.Rules;

public sealed class LinkRuleTests
{
    private readonly WardBench _bench = new();

    [Fact]
    public void Apply_OneMessageInTenMissing_IsLossUntilItStops()
    {
        for (var i = 0; i < 100; i++)
        {
            _bench.Wave(i * 256, also: chunk => chunk.Stamp.Seq += (ulong)(i / 10));
            if (i % 4 == 0)
            {
                _bench.Vitals((i * 256) + 1);
            }
        }

        Assert.Contains("link/loss start low", _bench.EventNames);
        Assert.InRange(_bench.Bed.LossRatio!.Value, 0.03, 0.15);
        Assert.Equal(LinkGrade.Poor, _bench.Bed.Link);
        for (var ms = 25_600L; ms < 45_000; ms += 256)
        {
            if (ms % 1024 == 0)
            {
                _bench.Vitals(ms);
            }

            _bench.Wave(ms, also: chunk => chunk.Stamp.Seq += 9);
        }

        Assert.Contains("link/loss end low", _bench.EventNames);
    }

    [Fact]
    public void Apply_MessagesTakeLonger_IsLatency()
    {
        _bench.Live(0, 10_000);
        for (var ms = 10_400L; ms < 20_000; ms += 256)
        {
            _bench.Wave(ms, also: Late);
            if ((ms - 10_400) % 1024 == 0)
            {
                _bench.Vitals(ms + 1, also: vitals => vitals.Stamp.SentTimeUs -= 400_000);
            }
        }

        Assert.Contains("link/latency start low", _bench.EventNames);
        Assert.Equal(400, _bench.Bed.DelayMs!.Value, 1.0);
        static void Late(WaveChunk chunk) => chunk.Stamp.SentTimeUs -= 400_000;
    }

    [Fact]
    public void Apply_SenderWithoutStamp_LossAndDelayAreUnknown()
    {
        _bench.Vitals(0, also: vitals => vitals.Stamp = null);

        Assert.Null(_bench.Bed.LossRatio);
        Assert.Null(_bench.Bed.DelayMs);
        Assert.Equal(LinkGrade.Unknown, _bench.Bed.Link);
    }

    [Fact]
    public void Apply_SenderStartsAgain_SaysSoOnce()
    {
        _bench.Live(0, 4000);
        _bench.Epoch = 2;

        _bench.Live(4100, 8000);

        Assert.Single(_bench.EventNames, name => name == "device/restarted start info");
        Assert.DoesNotContain(_bench.Events, happened => happened.What == "loss");
    }

    [Fact]
    public void Apply_FloodOfSequenceJumps_NothingThrows()
    {
        for (var i = 0; i < 25_000; i++)
        {
            var jump = (ulong)i * 100_001;
            _bench.Wave(i / 20, also: chunk => chunk.Stamp.Seq = jump);
        }

        _bench.Vitals(1300);

        Assert.Equal(1, _bench.Bed.LossRatio!.Value, 0.01);
    }
}
