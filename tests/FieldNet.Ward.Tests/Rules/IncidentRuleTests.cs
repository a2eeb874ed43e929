using FieldNet.Ward.Events;
using FieldNet.Ward.Views;

namespace FieldNet.Ward.Tests.Rules;

public sealed class IncidentRuleTests
{
    /// <summary>A path's normal delay is learnt from its first 80 seconds, and its habits from more.</summary>
    private const int LearntSeconds = 120;

    private readonly WardBench _bench = new();

    private IEnumerable<WardEvent> Incidents => _bench.Events.Where(happened => happened is { Kind: "incident", Phase: EventPhase.Start });

    private WardUnit Unit(int beds = 12, int bedsPerCell = 6, Func<int, string>? sliceOf = null)
    {
        var unit = new WardUnit(_bench, beds, bedsPerCell, sliceOf);
        unit.Run(LearntSeconds);
        Assert.Empty(_bench.Events);
        return unit;
    }

    [Fact]
    public void Explain_MonitorSilentWhileItsGatewayReports_IsTheDevice()
    {
        var unit = Unit();
        unit.SilentMonitors.Add(3);
        unit.Run(8);

        var incident = Assert.Single(Incidents);
        Assert.Equal(("silent", "device", WardUnit.Monitor(3)), (incident.What, incident.Cause, incident.Subject));
        Assert.Equal([WardUnit.Bed(3)], incident.Beds);
    }

    [Fact]
    public void Explain_GatewayAndAllBehindItSilent_IsTheGatewayOnce()
    {
        var unit = Unit();
        unit.SilentGateways.Add(3);
        unit.Run(8);

        var incident = Assert.Single(Incidents);
        Assert.Equal(("silent", "gateway", WardUnit.Gateway(3)), (incident.What, incident.Cause, incident.Subject));
    }

    [Fact]
    public void Explain_AllOfACellSilent_IsTheCellOnceWithItsBeds()
    {
        var unit = Unit();
        unit.SilentGateways.UnionWith(Enumerable.Range(0, 6));
        unit.Run(10);

        var incident = Assert.Single(Incidents);
        Assert.Equal(("silent", "cell", "chu/icu1/_cell-3a10"), (incident.What, incident.Cause, incident.Subject));
        Assert.Equal(Enumerable.Range(0, 6).Select(WardUnit.Bed), incident.Beds);
        Assert.True(Children(incident.Id).Count() >= 6);
    }

    [Fact]
    public void Explain_EverythingSilent_IsTheBackhaulOnce()
    {
        var unit = Unit();
        unit.SilentGateways.UnionWith(Enumerable.Range(0, 12));
        unit.Run(10);

        Assert.Equal("backhaul", Assert.Single(Incidents).Cause);
    }

    [Fact]
    public void Explain_OneSliceOfBothCellsSlow_IsTheSliceOnce()
    {
        var unit = Unit(sliceOf: bed => bed % 2 == 0 ? "000001" : "000002");
        for (var bed = 0; bed < 12; bed += 2)
        {
            unit.ExtraMs[bed] = 30;
        }

        unit.Run(20);

        var incident = Assert.Single(Incidents);
        Assert.Equal(("latency", "slice"), (incident.What, incident.Cause));
    }

    [Fact]
    public void Explain_OneBedSlow_IsItsGatewayWithinTenSeconds()
    {
        var unit = Unit();
        var startMs = unit.NowMs;
        unit.ExtraMs[5] = 5;
        unit.Run(20);

        var incident = Assert.Single(Incidents);
        Assert.Equal(("latency", "gateway", WardUnit.Gateway(5)), (incident.What, incident.Cause, incident.Subject));
        Assert.InRange(_bench.Events[0].TimeUs - WardBench.StartUs, startMs * 1000, (startMs + 10_000) * 1000);
    }

    [Fact]
    public void Explain_ParentHealsAndOneChildDoesNot_TheChildComesBackByItself()
    {
        var unit = Unit();
        unit.SilentGateways.UnionWith(Enumerable.Range(0, 6));
        unit.Run(15);
        unit.SilentGateways.Clear();
        unit.SilentGateways.Add(2);
        unit.Run(20);

        Assert.Equal(["cell", "gateway"], Incidents.Select(incident => incident.Cause));
        Assert.Equal([WardUnit.Bed(2)], Incidents.Last().Beds);
        Assert.Contains(_bench.Events, happened => happened is { Kind: "incident", Cause: "cell", Phase: EventPhase.End });
    }

    [Fact]
    public void Explain_ClockJumps_IsAClockAndNothingElse()
    {
        var unit = Unit();
        unit.ClockUs[4] = -3_600_000_000;
        unit.Run(30);
        unit.ClockUs[4] = 0;
        unit.Run(30);

        Assert.All(Incidents, incident => Assert.Equal("clock", incident.Cause));
        Assert.Equal(["clock"], _bench.Events.Where(happened => happened.Kind != "incident").Select(happened => happened.Kind).Distinct());
        Assert.Equal(2, _bench.Events.Count(happened => happened is { What: "step", Kind: "clock", Phase: EventPhase.Start }));
    }

    [Fact]
    public void Explain_ClockDrifts_IsADriftAndNoDelay()
    {
        var unit = Unit();
        unit.Run(120, ms => unit.ClockUs[4] -= 256 * 200 / 1000);

        Assert.Equal(("drift", "clock"), Assert.Single(Incidents.Select(incident => (incident.What, incident.Cause))));
        Assert.DoesNotContain(_bench.Events, happened => happened.Kind == "link");
    }

    [Fact]
    public void Explain_QueueGrowsInAStraightLine_NeverLooksLiveAndIsNoClock()
    {
        var unit = Unit();
        var ms = unit.NowMs;
        unit.Run(120, now => unit.ExtraMs[4] = (now - ms) * 0.1);

        // 12 s behind by now: whatever grew so fast was no clock (P2).
        var bed = _bench.Processor.Snapshot().Beds.Single(bed => bed.Key == WardUnit.Bed(4));
        Assert.NotEqual(BedCondition.Live, bed.State);
        Assert.All(bed.Numerics, numeric => Assert.Null(numeric.Value));
        Assert.DoesNotContain(_bench.Events, happened => happened.Kind == "clock");
    }

    [Fact]
    public void Explain_DriftOfADeviceThatIsSecondsBehind_StaysBehind()
    {
        var unit = Unit();
        unit.ExtraMs[4] = 6_000;
        unit.Run(20);
        unit.Run(120, _ => unit.ClockUs[4] -= 256 * 400 / 1000);

        Assert.Contains(_bench.Events, happened => happened.What == "drift");
        Assert.NotEqual(BedCondition.Live, _bench.Processor.Snapshot().Beds.Single(bed => bed.Key == WardUnit.Bed(4)).State);
    }

    [Fact]
    public void Explain_ClockTurnedBackByLessThanAPeriod_IsAStepAndNoDelay()
    {
        var unit = Unit();
        unit.ClockUs[4] = -200_000;
        unit.Run(30);

        Assert.Equal(("step", "clock"), Assert.Single(Incidents.Select(incident => (incident.What, incident.Cause))));
        Assert.DoesNotContain(_bench.Events, happened => happened.Kind == "link");
    }

    [Fact]
    public void Explain_TwoHundredBedsGoSilentAndComeBack_IsOneIncidentAndHoldsNobodyUp()
    {
        var unit = new WardUnit(_bench, 200, 50);
        unit.Run(20);
        unit.SilentGateways.UnionWith(Enumerable.Range(0, 200));
        unit.Run(12);
        unit.SilentGateways.Clear();
        unit.Run(8);

        var incident = Assert.Single(Incidents);
        Assert.Equal(200, incident.Beds.Count);
        var explained = Children(incident.Id).ToHashSet();
        Assert.All(_bench.Events.Where(happened => happened is { Kind: "link", What: "silent", Phase: EventPhase.Start }), silent => Assert.Contains(silent.Id, explained));

        // A clinical alarm behind it in the line waits as long as that (P3).
        Assert.InRange(_bench.LongestMs, 0, 250);
    }

    [Fact]
    public void Explain_TwoFaultsAtOnce_AreTwo()
    {
        var unit = Unit();
        unit.SilentMonitors.Add(1);
        unit.ExtraMs[8] = 40;
        unit.Run(20);

        Assert.Equal([("silent", "device"), ("latency", "gateway")], Incidents.Select(incident => (incident.What, incident.Cause)).Order().Reverse());
    }

    private IEnumerable<string> Children(string incident) =>
        (string[])_bench.Events.Last(happened => happened.Id == incident && happened.Phase != EventPhase.End).Evidence.First(evidence => evidence.Name == "children").Value!;
}
