using System.Text;
using FieldNet.Telemetry;
using FieldNet.Telemetry.Wire;

namespace FieldNet.Ward.Tests.Rules;

/// <summary>What can't be decoded is counted by reason, told once, and changes no bed.</summary>
public sealed class RefusalRuleTests
{
    private readonly WardBench _bench = new();

    [Fact]
    public void Apply_UndecodablePayload_IsRefusedAndMakesNoBed()
    {
        Assert.Equal(Refusal.PayloadMalformedJson, _bench.Publish(0, "fieldnet/v1/chu/icu1/bed-07/mon1/vitals", "{"u8.ToArray()));

        Assert.Empty(_bench.Processor.Snapshot().Beds);
        Assert.Equal(["data/malformed start low"], _bench.EventNames);
    }

    [Fact]
    public void Apply_TopicOutsideTheGrammar_IsRefusedUnderItsClient()
    {
        Assert.Equal(Refusal.TopicOutsideGrammar, _bench.Publish(0, "fieldnet/v1/chu/vitals", [1]));

        Assert.Equal("client", _bench.Events[0].Subject);
    }

    [Fact]
    public void Apply_ForeignTopic_IsNoneOfTheWardsBusiness()
    {
        Assert.Equal(Refusal.None, _bench.Publish(0, "home/kitchen/lamp", [1]));

        Assert.Empty(_bench.Events);
    }

    [Fact]
    public void Apply_ManyOfOneKind_IsOneEventWithTheirNumber()
    {
        for (var i = 0; i < 1000; i++)
        {
            _bench.Publish(i, "fieldnet/v1/chu/icu1/bed-07/mon1/vitals", [0xFF]);
        }

        _bench.Tick(61_000);

        Assert.Equal(["data/malformed start low", "data/malformed end low"], _bench.EventNames);
        Assert.Contains(new Events.Evidence("messages", 1000L), _bench.Events[1].Evidence);
    }

    [Fact]
    public void Apply_OneBadNumberAmongGood_TheGoodOnesCount()
    {
        var refusal = _bench.Vitals(0, heartRate: 72, also: vitals => vitals.Numerics.Add(new Numeric { Signal = "MDC_RESP_RATE", Value = -999 }));

        Assert.Equal(Refusal.None, refusal);
        Assert.Equal(72, _bench.Bed.Numerics[0].Value);
        Assert.Null(_bench.Bed.Numerics[2].Value);
        Assert.Equal(1, _bench.Processor.State.RefusedNumbers[(int)Refusal.ValueSentinel]);
    }

    [Fact]
    public void Apply_RandomTopics_AreBounded()
    {
        var refusal = Refusal.None;
        for (var i = 0; i < 2000; i++)
        {
            refusal = _bench.Publish(i, $"fieldnet/v1/chu/icu1/b{i}/mon1/vitals", Encoding.UTF8.GetBytes("""{"numerics":[{"signal":"MDC_ECG_HEART_RATE","value":70}]}"""));
        }

        Assert.Equal(Refusal.TooManyTopics, refusal);
        Assert.Equal(1024, _bench.Processor.Snapshot().Beds.Count);
    }

    [Fact]
    public void Apply_OneLastingAndManyPassingSenders_DeadlinesDoNotPileUp()
    {
        for (var second = 0; second < 1000; second++)
        {
            _bench.Publish(second * 1000, "fieldnet/v1/chu/icu1/bed-07/mon1/vitals", "{"u8.ToArray());
            _bench.Publish((second * 1000) + 1, $"fieldnet/v1/chu/icu1/bed-07/x{second}/vitals", "{"u8.ToArray());
        }

        Assert.Single(_bench.Processor.State.Deadlines);
    }

    [Fact]
    public void Apply_OnlySentinels_NumbersGoAtOnceAndTheDeviceWasHeard()
    {
        _bench.Vitals(0);

        _bench.Vitals(1000, heartRate: -999, also: vitals => vitals.Numerics[1].Value = -100);

        Assert.All(_bench.Bed.Numerics, numeric => Assert.Null(numeric.Value));
        Assert.Equal(WardBench.StartUs + 1_000_000, _bench.Processor.Snapshot().HeardUs[0]);
    }
}
